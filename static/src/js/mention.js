/* @ in a text field offers names. The field stays an ordinary field: what is chosen is typed into it as a name, and its
   number goes along in a hidden field, for where two people go by one name. */
import { keepDraft } from './drafts.js';
import { fragment, fromMember } from './house.js';
import { say } from './say.js';

const PAUSE = 200;
const BEGUN = /(?:^|[\s([{"'“”«»>*_~,;:!?.–—])@([\p{L}\p{N}][\p{L}\p{N}\p{M}'’ -]{0,39})$/u;
let open;
let timer;
let asked = 0;
let barren;

/* What is being named just now: from the @ to the place where one writes. Where nobody's name began so, or it was chosen
   already, the words that follow are no name, and nothing is asked for them. */
function begun(field) {
  if (field.selectionStart !== field.selectionEnd) return undefined;
  const found = field.value.slice(Math.max(0, field.selectionStart - 60), field.selectionStart).match(BEGUN);
  const now = found && { words: found[1], from: field.selectionStart - found[1].length - 1 };
  return now && !(barren?.from === now.from && now.words.startsWith(barren.words)) ? now : undefined;
}

function close() {
  asked += 1;
  if (!open) return;
  const { field, list } = open;
  list.remove();
  for (const name of ['aria-controls', 'aria-activedescendant', 'aria-autocomplete']) field.removeAttribute(name);
  open = undefined;
}

function mark(place) {
  open.items.forEach((item, index) => item.setAttribute('aria-selected', String(index === place)));
  open.place = place;
  open.field.setAttribute('aria-activedescendant', open.items[place].id);
  open.items[place].scrollIntoView({ block: 'nearest' });
}

function choose(item) {
  const { field, from } = open;
  const picked = field.form.elements.picked;
  barren = { from, words: item.dataset.name };
  field.setRangeText(`@${item.dataset.name} `, from, field.selectionStart, 'end');
  if (picked) picked.value = [...new Set([...picked.value.split(',').filter(Boolean), item.dataset.id])].join(',');
  close();
  field.focus();
  keepDraft(field.form);
}

/* Above the field where there is room, so that a phone's keyboard does not cover it; else below. Never on the words. */
function settle(field, list, box) {
  const bar = document.querySelector('.topbar')?.getBoundingClientRect().bottom || 0;
  const room = field.getBoundingClientRect().top - bar > list.offsetHeight + 8;
  if (room) list.style.bottom = `${box.clientHeight - field.offsetTop + 4}px`;
  else list.style.top = `${field.offsetTop + field.offsetHeight + 4}px`;
}

function show(field, from, content, sentence) {
  close();
  const list = document.createElement('ul');
  list.className = 'name-list';
  list.id = 'names';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', sentence);
  list.append(content);
  const box = field.parentElement;
  box.classList.add('name-box');
  field.after(list);
  open = { field, from, list, items: [...list.children], place: 0 };
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', 'names');
  settle(field, list, box);
  mark(0);
  say(sentence);
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => { const item = target.closest('li'); if (item) choose(item); });
}

async function ask(field) {
  const now = begun(field);
  const form = field.form;
  if (!now) return close();
  const mine = asked += 1;
  const space = form.querySelector('[name="space_id"]:checked')?.value;
  const query = new URLSearchParams({ q: now.words });
  try {
    const answer = await fetch(`${form.dataset.names.replace('{space}', space)}?${query}`, { headers: { 'X-Part': '1', Accept: 'text/html' } });
    if (mine !== asked) return undefined;
    const content = answer.ok && !answer.redirected ? fragment(await answer.text()) : undefined;
    if (mine !== asked) return undefined;
    if (content?.children.length && document.activeElement === field) show(field, now.from, content, form.dataset.sayNames);
    else {
      if (answer.ok) barren = now;
      close();
    }
  } catch { close(); }
  return undefined;
}

function typed({ target: field, isComposing }) {
  if (!field.matches?.('form[data-names] textarea') || fromMember(field)) return;
  clearTimeout(timer);
  if (isComposing || !begun(field)) return void close();
  timer = setTimeout(ask, PAUSE, field);
}

/* Before everybody else: while the list is open, these keys are the list's. */
function pressed(event) {
  if (!open || event.target !== open.field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark((open.place + step + open.items.length) % open.items.length);
  else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) choose(open.items[open.place]);
  else if (event.key === 'Escape') close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function startMentions() {
  document.addEventListener('input', typed);
  document.addEventListener('keydown', pressed, true);
  document.addEventListener('focusout', ({ target }) => { if (target === open?.field) close(); });
  document.addEventListener('selectionchange', () => { if (open && !begun(open.field)) close(); });
}
