/* Quoting without leaving the page: from More at a piece, or from words chosen in it. The field keeps whom and which
   words; the server looks them up there again, and shows the quote as the piece then stands. */
import { fromMember } from './house.js';

const SHOWN = 280;
const plain = (text) => text.replace(/\s+/g, ' ').trim();
const shortened = (text) => (text.length > SHOWN ? `${text.slice(0, SHOWN - 1).replace(/\s\S*$/, '')}…` : text);
const composer = () => document.querySelector('form.composer');

/* The words chosen, if they all stand in one piece's text. */
function chosen() {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const text = (around.nodeType === Node.ELEMENT_NODE ? around : around.parentElement)?.closest('.slot[data-nr] .piece .prose');
  const words = plain(selection.toString());
  return text && words ? { slot: text.closest('.slot'), words } : undefined;
}

function hold(slot, words) {
  const form = composer();
  const box = form.querySelector('.quoting');
  const folded = slot.querySelector('.bodybox > .folded > summary');
  const whole = folded ? folded.innerText : slot.querySelector('.bodybox .prose')?.textContent || document.getElementById('stream').dataset.sayPicture;
  form.elements.quote.value = slot.dataset.piece;
  if (form.elements.excerpt) form.elements.excerpt.value = words;
  box.querySelectorAll('.err').forEach((line) => line.remove());
  box.querySelector('.quoted-who').textContent = slot.querySelector('.byline .who').textContent;
  box.querySelector('blockquote').textContent = shortened((form.elements.excerpt && words) || plain(whole));
  show(form, true);
}

function show(form, held) {
  form.querySelector('.quoting').hidden = !held;
  form.querySelector('.quoting .quoted').hidden = !held;
  form.elements.text.focus();
  form.elements.text.dispatchEvent(new Event('input', { bubbles: true })); // the draft keeps it too
}

function letGo(form) {
  form.elements.quote.value = '';
  if (form.elements.excerpt) form.elements.excerpt.value = '';
  show(form, false);
}

export function startQuote() {
  const button = document.getElementById('quote-it');
  let last;
  const offer = () => {
    last = composer() && chosen();
    if (button) button.hidden = !last;
  };
  document.addEventListener('selectionchange', offer);
  button?.addEventListener('pointerdown', (event) => event.preventDefault()); // what is chosen stays chosen
  button?.addEventListener('click', () => {
    if (last) hold(last.slot, last.words);
    getSelection()?.removeAllRanges();
    button.hidden = true;
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || fromMember(event.target)) return;
    const link = event.target.closest?.('a[data-quote]');
    const slot = link?.closest('.slot[data-nr]');
    if (slot && composer()) {
      event.preventDefault();
      const words = chosen();
      hold(slot, words?.slot === slot ? words.words : '');
      link.closest('.menu-slot').replaceChildren();
    }
    const form = event.target.closest?.('.unquote')?.form;
    if (form) letGo(form);
  });
}
