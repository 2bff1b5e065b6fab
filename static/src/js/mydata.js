/* The pages about one's own data and one's book: how far the file is shows by itself, at once when the line says that something has
   changed, else every few seconds while it is made, also without a line (somebody who is closed out has none). */
import { Idiomorph } from 'idiomorph';
import { part } from './part.js';
import { say } from './say.js';

const EVERY = 4000;

export function startMyData() {
  const place = document.querySelector('#my-data, #book-files');
  if (!place) return;
  const underWay = () => place.querySelector('[data-under-way]');
  let asking = false;

  async function look() {
    if (asking) return;
    asking = true;
    const before = underWay();
    const next = await part(place.dataset.from || '/me/data');
    asking = false;
    if (!next || place.querySelector('form[aria-busy]')) return;
    const made = [...next.querySelectorAll('[id^="book-file-"]')].find((one) => !document.getElementById(one.id));
    const news = made || next.querySelector('h2, .note');
    if (before && !next.querySelector('[data-under-way]') && news) say(news.dataset.say || news.textContent.trim());
    Idiomorph.morph(place, next, { morphStyle: 'innerHTML' });
  }

  document.addEventListener('hearth:data', look);
  setInterval(() => { if (underWay() && !document.hidden) look(); }, EVERY);
  document.addEventListener('visibilitychange', () => { if (underWay() && !document.hidden) look(); });
}
