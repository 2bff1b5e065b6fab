/* An open chat: a conversation whose field stands at its end and whose reader follows what is said. */
import { chatHere } from './here.js';
import { fragment, house } from './house.js';
import { readMine } from './mine.js';
import { layLines } from './lines.js';
import { startOlder } from './older.js';
import { outboxOf } from './outbox.js';
import { startPress } from './press.js';
import { restOf } from './rest.js';
import { say } from './say.js';
import { startStream } from './stream.js';

const END = 60; // pixels from the end that still are the end
const FLOOD = 3;
const TOGETHER = 700;
const HEARD = 8;
const MOST = 6; // pictures

const keyboard = matchMedia('(hover: hover) and (pointer: fine)');

export function startChat(root) {
  const list = root.querySelector('.pieces');
  const form = document.getElementById('composer');
  const field = form.elements.text;
  const arrivals = [];
  let ended = true;
  let timer;

  const toEnd = () => scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
  const stay = () => { if (ended) toEnd(); };
  const lay = () => layLines(root, list);

  /* Aloud, politely: a few messages with their words, of many only how many. */
  function tell() {
    timer = undefined;
    const log = document.getElementById('heard');
    const slots = arrivals.splice(0).filter((slot) => slot.isConnected && !slot.matches('[data-mine]') && !slot.querySelector(':scope > .fold'));
    const lines = slots.length > FLOOD ? [root.dataset.sayNewMany.replace('{n}', slots.length)]
      : slots.map((slot) => `${slot.querySelector('.who')?.textContent || ''}: ${slot.querySelector('.prose')?.textContent.trim() || (slot.querySelector('.pictures, .gone') ? root.dataset.sayPicture : '')}`);
    lines.forEach((text) => {
      const line = document.createElement('p');
      line.textContent = text;
      log.append(line);
    });
    while (log.childElementCount > HEARD) log.firstElementChild.remove();
  }

  function announce(slots) {
    arrivals.push(...slots);
    timer = timer || setTimeout(tell, TOGETHER);
  }

  /* The pictures that go with what is written: their numbers in the form, and small ones above the field. */
  const named = () => (form.elements.photos?.value || '').split(',').filter(Boolean);
  function name(photos) {
    if (!form.elements.photos) return;
    form.elements.photos.value = [...new Set(photos)].slice(0, MOST).join(',');
    house.showPictures?.(form);
  }

  function complain(sentence) {
    form.querySelectorAll('.chat-line-in .err').forEach((line) => line.remove());
    field.toggleAttribute('aria-invalid', false);
    if (!sentence) return;
    const line = document.createElement('p');
    line.className = 'err';
    line.id = `${field.id}-err`;
    line.textContent = sentence;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', line.id);
    field.parentElement.append(line);
    say(sentence);
  }

  function giveBack({ text, quote, photos = [] }, sentence) {
    name([...photos, ...named()]);
    field.value = [text, field.value].filter(Boolean).join('\n');
    if (quote && !form.elements.quote.value) {
      form.elements.quote.value = quote;
      form.querySelector('.quoting').hidden = false;
    }
    form.hidden = false;
    field.focus();
    field.dispatchEvent(new Event('input', { bubbles: true })); // the draft keeps them
    complain(sentence);
    if (sentence) rest.look();
  }

  async function help() {
    const answer = await fetch(form.dataset.card, { headers: { 'X-Part': '1', Accept: 'text/html' } }).catch(() => undefined);
    if (!answer?.ok || answer.redirected) return;
    document.getElementById('help-card')?.remove();
    form.before(fragment(await answer.text()));
    document.getElementById('help-card')?.focus();
  }

  function landed(one, answer) {
    if (answer.help) help();
    if (answer.state === 'held') stream.ownAgain();
    stream.mine.learn({ pieces: [answer.id] }, []);
    const slot = stream.slotOf(answer.id);
    if (slot) return stream.redraw();
    if (answer.nr) setTimeout(missing, TOGETHER, answer);
    if (field.value) field.dispatchEvent(new Event('input', { bubbles: true })); // the draft of what is written next
    return undefined;
  }

  /* It is stored, and did not come: asked for; where this page does not reach the end, the end is gone to. */
  function missing({ id, nr, seq }) {
    if (stream.slotOf(id)) return;
    if (stream.span.holds(nr)) return void stream.ask(Math.max(0, seq - 8));
    history.replaceState(null, '', `${root.dataset.url}#end`);
    location.reload();
  }

  /* The sign-in page carries the words, and sends them when the same person is in again. */
  function signedOut(text, photos, forget) {
    name([...photos, ...named()]);
    field.value = [text, field.value].filter(Boolean).join('\n');
    forget();
    HTMLFormElement.prototype.submit.call(form);
  }

  const rest = restOf(root, form);
  const mayLook = (frame) => { if (frame.stream === Number(root.dataset.stream)) rest.look(); };
  const here = chatHere(root, form, readMine());
  const stream = startStream(root, {
    toEnd,
    stay,
    floor: () => form.parentElement.getBoundingClientRect().top,
    announce,
    laid: lay,
    arrived(slot) {
      const piece = slot.querySelector('.piece');
      here.stop(Number(piece.dataset.by));
      if (piece.dataset.by !== String(stream.mine.member)) return;
      stream.mine.learn({ pieces: [Number(slot.dataset.piece)] }, []);
      outbox.arrived(piece.querySelector('.prose')?.textContent || '');
    },
    joined() {
      outbox.flush();
      rest.late();
    },
    frames: { 'chat:state': mayLook, 'inbox:changed': mayLook, ...here.frames },
  });
  here.tells(stream.socket);
  const outbox = outboxOf({
    stream: Number(root.dataset.stream), member: stream.mine.member, form, line: () => stream.socket, landed, giveBack, signedOut, changed: stay,
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value;
    const photos = named();
    if (form.matches('.shut') || !(text.trim() || photos.length)) return void field.focus();
    house.dropDraft(form);
    complain('');
    outbox.say({ text, quote: form.elements.quote.value, picked: form.elements.picked.value, photos });
    name([]);
    for (const name of ['text', 'quote', 'picked']) form.elements[name].value = '';
    form.querySelector('.quoting').hidden = true;
    field.style.height = '';
    field.focus();
    toEnd();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.defaultPrevented || !keyboard.matches) return;
    event.preventDefault();
    form.requestSubmit();
  });
  field.addEventListener('input', () => complain(''));
  form.parentElement.addEventListener('click', (event) => {
    const away = event.target.closest?.('#help-card a.quiet');
    if (!away) return;
    event.preventDefault();
    away.closest('#help-card').remove();
    field.focus();
  });

  document.querySelector('.sheet.chat').classList.add('quick');
  startPress(root);
  startOlder(root, list, { span: stream.span, mine: stream.mine, watch: stream.watch, drawn: stream.redraw });
  if (outbox.holds(field.value, named())) { // it is on its way, and no draft any more
    field.value = '';
    name([]);
  }
  place(toEnd);
  ended = atEnd();
  addEventListener('scroll', () => { ended = atEnd(); }, { passive: true });
  addEventListener('resize', stay);
  new ResizeObserver(stay).observe(form.parentElement);
  document.fonts?.ready.then(stay);
}

const atEnd = () => scrollY + innerHeight >= document.documentElement.scrollHeight - END;

/* Where one comes in: at what is new, else at the end; a place in the address is the browser's. */
function place(toEnd) {
  history.scrollRestoration = 'manual';
  if (location.hash && location.hash !== '#end') return;
  if (new URLSearchParams(location.search).has('around')) return;
  toEnd();
  const mark = document.getElementById('new');
  const bar = document.querySelector('.chat-head')?.getBoundingClientRect().bottom || 0;
  if (mark && mark.getBoundingClientRect().top < bar) mark.scrollIntoView({ block: 'start', behavior: 'instant' });
}
