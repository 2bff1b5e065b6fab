/* Five buttons that write Markdown around what is chosen in the field they belong to. What they write can be undone. */
import { fromMember } from './house.js';
import { say } from './say.js';

const NEAR = 300; // characters before the limit from where on it is counted
const AROUND = { bold: '**', italic: '*' };
const BEFORE = { list: '- ', quote: '> ' };
const KEYS = { b: 'bold', i: 'italic', k: 'link' };

export const toolbarOf = (field) => field?.closest('.ask')?.querySelector('.toolbar');
const fieldOf = (toolbar) => toolbar.closest('.ask').querySelector('textarea');

/* In place of what is chosen. Told to the browser as typing, which its own undo takes back. */
export function write(field, text) {
  field.focus();
  const typed = text ? document.execCommand('insertText', false, text) : document.execCommand('delete');
  if (typed) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function replace(field, from, to, text, start, end) {
  field.focus();
  field.setSelectionRange(from, to);
  write(field, text);
  field.setSelectionRange(start, end);
}

function around(field, mark) {
  const { value } = field;
  let { selectionStart: from, selectionEnd: to } = field;
  /* A mark beside a space marks nothing: what is chosen ends with its words. */
  while (to > from && /\s/.test(value[to - 1])) to -= 1;
  while (from < to && /\s/.test(value[from])) from += 1;
  const size = mark.length;
  const before = value.slice(0, from).match(/\**$/)[0].length;
  const after = value.slice(to).match(/^\**/)[0].length;
  const marked = size === 2 ? before > 1 && after > 1 : before % 2 && after % 2;
  if (marked) return replace(field, from - size, to + size, value.slice(from, to), from - size, to - size);
  return replace(field, from, to, mark + value.slice(from, to) + mark, from + size, to + size);
}

function lines(field, mark) {
  const { value, selectionStart, selectionEnd } = field;
  const from = value.lastIndexOf('\n', selectionStart - 1) + 1;
  const next = value.indexOf('\n', Math.max(from, selectionEnd - (selectionEnd > selectionStart && value[selectionEnd - 1] === '\n' ? 1 : 0)));
  const to = next < 0 ? value.length : next;
  const chosen = value.slice(from, to).split('\n');
  const marked = chosen.every((line) => line.startsWith(mark));
  const text = chosen.map((line) => (marked ? line.slice(mark.length) : mark + line)).join('\n');
  /* The line below would be taken for part of it. */
  const apart = !marked && value[to + 1] && value[to + 1] !== '\n' ? '\n' : '';
  const end = from + text.length;
  replace(field, from, to, text + apart, chosen.length > 1 ? from : end, end);
}

function link(field) {
  const { value, selectionStart: from, selectionEnd: to } = field;
  const chosen = value.slice(from, to).trim();
  const address = /^https?:\/\/\S+$/i.test(chosen) ? chosen : 'https://';
  const words = address === chosen ? '' : chosen;
  const text = `[${words}](${address})`;
  const at = from + (words ? words.length + 3 : 1);
  replace(field, from, to, text, at, words ? at + address.length : at);
}

function apply(field, name) {
  if (AROUND[name]) around(field, AROUND[name]);
  else if (BEFORE[name]) lines(field, BEFORE[name]);
  else link(field);
}

/* One place in the tab order; arrows move inside (WAI-ARIA, toolbar). */
function move(event, button) {
  const marks = [...button.parentElement.querySelectorAll('.mark')];
  const to = { ArrowRight: 1, ArrowLeft: -1, Home: -marks.indexOf(button), End: marks.length - 1 - marks.indexOf(button) }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = marks[(marks.indexOf(button) + to + marks.length) % marks.length];
  marks.forEach((mark) => { mark.tabIndex = mark === next ? 0 : -1; });
  next.focus();
}

/* As the server counts: whole characters, nothing around them. */
const length = (text) => text.trim().normalize('NFC').replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, '_').length;

export function count(field) {
  const toolbar = toolbarOf(field);
  const line = toolbar?.parentElement.querySelector('.count');
  const most = Number(toolbar?.dataset.most);
  if (!line || (line.hidden && field.value.length < most - NEAR)) return;
  const left = most - length(field.value);
  const was = line.classList.contains('over');
  line.hidden = left > NEAR;
  line.classList.toggle('over', left < 0);
  const words = left === -1 ? toolbar.dataset.overOne : left < 0 ? toolbar.dataset.over : toolbar.dataset.left;
  line.textContent = words.replace('{n}', Math.abs(left).toLocaleString(document.documentElement.lang));
  if (was !== left < 0) say(line.textContent);
}

export function startMarks() {
  document.documentElement.classList.add('can-mark');
  const ours = (target) => !fromMember(target) && target.closest?.('.toolbar .mark');
  /* The keyboard on a phone stays up, and what is chosen stays chosen. */
  document.addEventListener('mousedown', (event) => { if (ours(event.target)) event.preventDefault(); });
  document.addEventListener('click', ({ target }) => {
    const button = ours(target);
    if (button) apply(fieldOf(button.parentElement), button.dataset.mark);
  });
  document.addEventListener('keydown', (event) => {
    const button = ours(event.target);
    if (button) return void move(event, button);
    const mark = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && KEYS[event.key.toLowerCase()];
    if (!mark || event.isComposing || !event.target.matches?.('textarea') || !toolbarOf(event.target)) return;
    event.preventDefault();
    apply(event.target, mark);
  });
  document.addEventListener('input', ({ target }) => { if (target.matches?.('textarea')) count(target); });
}
