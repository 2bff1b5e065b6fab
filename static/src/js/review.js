/* The queue: how many wait, the open list, and keys for hosts. Everything here is a link or form that works without. */
import { Idiomorph } from 'idiomorph';
import { house } from './house.js';
import { part } from './part.js';

const PAUSE = 150;
const OFF = 'review-keys-off';
const AHEAD = { a: ['publish', 'show', 'fine'], r: ['back'], h: ['hide'], o: ['open'] };
let timer;

/* Many pages hear at once: each waits a moment of its own before it asks. */
export function reviewChanged() {
  clearTimeout(timer);
  timer = setTimeout(() => { count(); list(); item(); }, PAUSE + Math.random() * PAUSE);
}

async function count() {
  const marks = document.querySelectorAll('[data-review] .state');
  if (!marks.length) return;
  const answer = await fetch('/review/count', { headers: { Accept: 'application/json', 'X-By-Itself': '1' } }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return;
  const { count: figure } = await answer.json();
  marks.forEach((mark) => { mark.textContent = figure; mark.hidden = !figure; });
}

/* What somebody writes in, has opened, or is looking at stays as it is. */
const callbacks = {
  beforeNodeMorphed: (now) => !(now.nodeType === Node.ELEMENT_NODE && now.matches('form') && now.contains(document.activeElement) && now.querySelector('textarea, [type=radio]')),
  beforeAttributeUpdated: (name, node) => !(name === 'open' && node.matches('details')) && !(name === 'hidden' && node.id === 'keys'),
};

async function list() {
  const root = document.getElementById('review');
  const next = root && await part(`/review${chipOf()}`);
  if (!next) return;
  Idiomorph.morph(root, next, { morphStyle: 'innerHTML', callbacks });
  house.shortenTimes(root);
}

async function item() {
  const root = document.getElementById('review-item');
  const next = root && !root.contains(document.activeElement?.closest('textarea')) && await part(location.pathname);
  if (!next) return;
  Idiomorph.morph(root, next.querySelector('#review-item') || next, { callbacks });
  house.shortenTimes(root);
}

const chipOf = () => {
  const chip = new URLSearchParams(location.search).get('chip');
  return chip ? `?chip=${encodeURIComponent(chip)}` : '';
};

const units = () => [...document.querySelectorAll('.review-one')];
const current = () => document.activeElement?.closest('.review-one') || document.getElementById('review-item') || units()[0];

function step(by) {
  const all = units();
  const at = all.indexOf(document.activeElement?.closest('.review-one'));
  const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
}

function press(key) {
  const here = current();
  const wanted = AHEAD[key]?.map((what) => here?.querySelector(`[data-do="${what}"]`)).find(Boolean);
  if (wanted) return void wanted.click();
  if (key === 'j') step(1);
  if (key === 'k') step(-1);
  if (key === 'u') document.querySelector('#review-done [data-do="undo"]')?.click();
  const more = here?.querySelector('.review-more');
  if (key === 'm' && more) { more.open = !more.open; more.querySelector('summary').focus(); }
  const keys = document.getElementById('keys');
  if (key === '?' && keys) keys.hidden = !keys.hidden;
}

const off = () => { try { return localStorage.getItem(OFF) === '1'; } catch { return false; } };

function startKeys() {
  const box = document.getElementById('keys-on');
  if (box) {
    box.checked = !off();
    box.addEventListener('change', () => { try { localStorage.setItem(OFF, box.checked ? '0' : '1'); } catch { /* on this page alone */ } });
  }
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    if (off() || (box && !box.checked)) return;
    press(event.key.toLowerCase());
  });
  units()[0]?.focus({ preventScroll: true });
}

/* Ten seconds, counted from when the page was made. */
function startUndo() {
  const form = document.querySelector('#review-done form[data-seconds]');
  if (form) setTimeout(() => form.remove(), Number(form.dataset.seconds) * 1000);
}

export function startReview() {
  const form = document.querySelector('form[data-reason]');
  form?.querySelector('[type="radio"], textarea, .field')?.focus();
  if (!document.getElementById('review') && !document.getElementById('review-item')) return;
  startKeys();
  startUndo();
  document.querySelector('a[href="#keys"]')?.addEventListener('click', () => { document.getElementById('keys').hidden = false; });
}
