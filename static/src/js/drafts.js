/* What is typed is kept on the server within two seconds, and once more on the way out of the page. */
import { fragment, fromMember, token } from './house.js';
import { say } from './say.js';

const PAUSE = 1500;
const LEFT = 'hearth:left'; // which drafts were sent on the way out of a page, and when; none of their words
const LOOKS = [800, 3500]; // milliseconds after coming back
const LATE = 15000;
const unsaved = new Map();

const keeps = (form) => form?.matches?.('form[data-draft]') && !fromMember(form);

function body(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (name !== 'csrf_token' && name !== 'client_id' && typeof value === 'string') fields[name] = value;
  }
  return new URLSearchParams({ place: form.dataset.draft, fields: JSON.stringify(fields), csrf_token: token() });
}

function show(form, word) {
  const line = form.querySelector('.saved');
  if (line && line.dataset[word]) line.textContent = line.dataset[word];
}

async function save(form) {
  const draft = unsaved.get(form);
  if (!draft) return;
  draft.stop = new AbortController();
  const before = draft.turn;
  try {
    const answer = await fetch(form.dataset.save, { method: 'POST', body: body(form), signal: draft.stop.signal, keepalive: true, headers: { 'X-Part': '1' } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    show(form, 'saved');
    if (unsaved.get(form)?.turn === before) unsaved.delete(form);
  } catch (error) {
    if (error.name !== 'AbortError') show(form, 'unsaved');
  }
}

function typed({ target }) {
  const form = target.form;
  if (!keeps(form)) return;
  /* From here on the server remembers. The browser's own memory would bring back on Back what has been sent already,
     under a new number, and Send would say it twice. */
  form.autocomplete = 'off';
  const draft = unsaved.get(form) || { turn: 0 };
  draft.turn += 1;
  clearTimeout(draft.timer);
  draft.timer = setTimeout(save, PAUSE, form);
  unsaved.set(form, draft);
}

/* A post under way is no draft any more: a late save would bring back what has just been sent. */
export function dropDraft(form) {
  const draft = unsaved.get(form);
  clearTimeout(draft?.timer);
  draft?.stop?.abort();
  unsaved.delete(form);
}

export function keepDraft(form) {
  if (keeps(form)) typed({ target: { form } });
}

export function flushDrafts() {
  const left = {};
  for (const [form, draft] of unsaved) {
    clearTimeout(draft.timer);
    if (!form.isConnected) continue;
    navigator.sendBeacon(form.dataset.save, body(form));
    left[form.dataset.draft] = Date.now();
  }
  unsaved.clear();
  if (Object.keys(left).length) remember(left);
}

function remember(left) {
  try { sessionStorage.setItem(LEFT, JSON.stringify(left)); } catch { /* Then whoever comes back at once may wait for her words. */ }
}

function remembered() {
  try { return JSON.parse(sessionStorage.getItem(LEFT)) || {}; } catch { return {}; }
}

/* Whoever comes back at once may be here before her last words are: the page is looked at again, and what it has in its
   fields by then comes into fields she has not touched. */
async function lookAgain(form) {
  const untouched = (field) => field.value === field.defaultValue && !unsaved.has(form);
  try {
    const answer = await fetch(location.href, { headers: { 'X-By-Itself': '1' } });
    if (!answer.ok || answer.redirected) return;
    const next = fragment(await answer.text()).querySelector(`form[data-draft="${form.dataset.draft}"]`);
    form.querySelectorAll('textarea, input[type="text"]').forEach((field) => {
      const known = next?.elements[field.name]?.defaultValue;
      if (known !== undefined && known !== field.defaultValue && untouched(field)) field.value = field.defaultValue = known;
    });
  } catch { /* What stands there stays. */ }
}

function comeBack() {
  const left = remembered();
  document.querySelectorAll('form[data-draft]').forEach((form) => {
    if (!keeps(form) || !(Date.now() - left[form.dataset.draft] < LATE)) return;
    LOOKS.forEach((pause) => setTimeout(lookAgain, pause, form));
    delete left[form.dataset.draft];
    remember(left);
  });
}

export function startDrafts() {
  document.addEventListener('input', typed);
  document.addEventListener('change', typed);
  addEventListener('pagehide', flushDrafts);
  comeBack();
  addEventListener('offline', () => unsaved.size && say(document.body.dataset.sayOffline));
  addEventListener('online', () => unsaved.forEach((draft, form) => save(form)));
}
