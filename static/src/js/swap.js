/* The dialect of parts/swap.html: a link or form that fetches a part of the page instead of all of it. */
import { dropDraft, flushDrafts, keepDraft } from './drafts.js';
import { place, remember } from './focus.js';
import { fragment, fromMember, words } from './house.js';
import { carry, textsOf, typedSince } from './meanwhile.js';
import { hush, say, tell } from './say.js';

const PATIENCE = 20000;
const busy = new WeakSet();
const sending = new WeakMap(); // the words a form went with, and whether Send was pressed for others since
const isDocument = (text) => /^\s*<!doctype/i.test(text);

export function toSignIn() {
  /* Leaving fast ends the session too; that must not call the page back. */
  if (document.documentElement.hidden) return;
  flushDrafts();
  location.assign(`/login?was=ended&next=${encodeURIComponent(location.pathname + location.search)}`);
}

/* "#id", or "closest .outer .inner": up to the first, then down to the second; nothing said: the element itself. */
function targetOf(element) {
  const rule = element.dataset.target;
  if (!rule) return element;
  if (rule[0] === '#') return document.getElementById(rule.slice(1));
  const [, up, down] = rule.match(/^closest (\S+)\s*(.*)$/);
  const outer = element.closest(up);
  return down ? outer?.querySelector(down) : outer;
}

function put(element, text) {
  const content = fragment(text);
  const first = content.firstElementChild;
  const piece = first?.matches('.piece') && element.closest('.slot')?.querySelector('.piece');
  const target = piece || targetOf(element);
  const roots = [...content.children];
  if (!target) return [];
  if (element.dataset.how === 'inner' && !piece) {
    target.replaceChildren(content);
  } else {
    target.replaceWith(content);
  }
  return roots;
}

/* Answers that are not a part for this place: sign-in, another page, somebody else's error page, a plain refusal. */
function elsewhere(element, answer, text, sent) {
  const there = new URL(answer.url, location.href);
  if (answer.status === 401 || (answer.redirected && there.pathname === '/login')) {
    /* A form goes again as a plain one: the sign-in page then carries its text. */
    if (sent && answer.status === 401) HTMLFormElement.prototype.submit.call(element);
    else toSignIn();
    return true;
  }
  if (answer.headers.get('X-Error') === 'not_fresh') {
    /* Likewise: the page that asks for the password carries the form. */
    if (sent) HTMLFormElement.prototype.submit.call(element);
    else location.assign(`/confirm?next=${encodeURIComponent(location.pathname + location.search)}`);
    return true;
  }
  const goTo = answer.headers.get('X-Location');
  if (goTo && /^\/(?!\/)/.test(goTo)) {
    if (sent) dropDraft(element);
    const here = location.href;
    location.assign(goTo);
    if (new URL(goTo, here).href.split('#')[0] === here.split('#')[0]) location.reload();
    return true;
  }
  if (isDocument(text)) {
    if (answer.ok && there.origin === location.origin && (!sent || answer.redirected)) location.assign(answer.url);
    else tell(element.matches('form') ? element : targetOf(element), words.sayForeign);
    return true;
  }
  if (answer.headers.get('X-Error') || (answer.status >= 500 && !text.trim())) {
    tell(element.matches('form') ? element : targetOf(element), fragment(text).textContent.trim() || words.sayForeign);
    return true;
  }
  return answer.status === 204;
}

async function ask(element, url, options, sent) {
  if (busy.has(element)) return;
  busy.add(element);
  element.setAttribute('aria-busy', 'true');
  const was = remember(document.activeElement);
  try {
    const signal = AbortSignal.timeout?.(PATIENCE);
    const answer = await fetch(url, { ...options, signal, headers: { 'X-Part': '1', Accept: 'text/html' } });
    const text = await answer.text();
    if (elsewhere(element, answer, text, sent)) { if (sent && !answer.ok) keepDraft(element); return; }
    const held = document.activeElement;
    const hadFocus = held === document.body || element.contains(held) || targetOf(element)?.contains(held);
    const since = sent ? typedSince(element, sending.get(element).texts) : [];
    const roots = put(element, text);
    const next = since.length && element.id && document.querySelector(`form#${element.id}`);
    if (next && next !== element) {
      dropDraft(element);
      carry(since, next);
    }
    if (hadFocus) place(roots, was);
    const seq = Number(answer.headers.get('X-Seq'));
    const said = seq && element.matches('.composer') ? Number(answer.headers.get('X-Piece')) : 0;
    if (said) say(words.saySent);
    if (seq) document.dispatchEvent(new CustomEvent('hearth:sent', { detail: { seq, said } }));
    if (next && said && sending.get(element).again) next.requestSubmit();
  } catch (error) {
    if (sent) keepDraft(element);
    if (sent) tell(element, words.sayOffline); else tell(targetOf(element), words.sayNoline);
  } finally {
    busy.delete(element);
    element.removeAttribute('aria-busy');
  }
}

function onClick(event) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const closer = event.target.closest?.('a[data-close]');
  if (closer && !fromMember(closer)) return void (close(closer) && event.preventDefault());
  const link = event.target.closest?.('a[data-get]');
  if (!link || fromMember(link)) return;
  event.preventDefault();
  const target = targetOf(link);
  if (target?.matches('.menu-slot') && !target.contains(link)) {
    const open = target.dataset.open === link.id && target.childElementCount;
    target.replaceChildren();
    target.dataset.open = open ? '' : link.id;
    if (open) return;
  }
  ask(link, link.dataset.get, {}, false);
}

const changed = (place) => [...place.querySelectorAll('textarea, input[type="text"], input:not([type])')].some((field) => field.value !== field.defaultValue);

/* Closing what was opened in place: the thing that opened it gets the focus back. Words typed there are not thrown
   away by a key pressed in passing. */
function close(inside, byKey) {
  const slot = inside.closest('.menu-slot') || inside.closest('.slot')?.querySelector('.menu-slot');
  if (!slot?.childElementCount || (byKey && changed(slot))) return false;
  slot.replaceChildren();
  (document.getElementById(slot.dataset.open) || slot.closest('.slot'))?.focus();
  return true;
}

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || fromMember(form)) return;
  if (busy.has(form)) {
    /* A second press for the same words is nothing; one for words typed since waits its turn. */
    const going = sending.get(form);
    if (going) going.again = typedSince(form, going.texts).length > 0;
    return void event.preventDefault();
  }
  hush(form);
  /* Without a line an ordinary form would end on the browser's own page, and the words with it. */
  if ((form.dataset.draft || changed(form)) && !form.dataset.post && navigator.onLine === false) {
    event.preventDefault();
    return void tell(form, words.sayOffline);
  }
  dropDraft(form);
  if (!form.dataset.post) {
    busy.add(form);
    form.setAttribute('aria-busy', 'true');
    return;
  }
  event.preventDefault();
  const data = new FormData(form);
  if (event.submitter?.name) data.append(event.submitter.name, event.submitter.value);
  const body = form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data);
  sending.set(form, { texts: textsOf(form), again: false });
  ask(form, form.dataset.post, { method: 'POST', body }, true);
}

export function startSwap() {
  document.addEventListener('click', onClick);
  document.addEventListener('submit', onSubmit);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !fromMember(event.target) && !event.isComposing) close(event.target, true);
  });
  /* What was said about a missing line is over when it is back. */
  addEventListener('online', () => document.querySelectorAll('.answer').forEach((line) => {
    if ([words.sayOffline, words.sayNoline].includes(line.textContent)) line.remove();
  }));
  /* Back from the browser's own cache: a form that was on its way is an ordinary form again. */
  addEventListener('pageshow', () => document.querySelectorAll('form[aria-busy]').forEach((form) => {
    busy.delete(form);
    form.removeAttribute('aria-busy');
  }));
}
