/* Pages about who keeps in touch: when something about it has changed they show what holds. What is being written stays:
   a form with words in it is left as it is, and whoever sends it is told what changed meanwhile. */
import { Idiomorph } from 'idiomorph';
import { house } from './house.js';
import { part } from './part.js';

const PAUSE = 150;
let timer;

const written = (root) => [...root.querySelectorAll('form')].some((form) => [...form.elements].some(
  (field) => (field.type === 'radio' ? field.checked !== field.defaultChecked : field.type !== 'hidden' && 'defaultValue' in field && field.value !== field.defaultValue),
));

async function look() {
  const root = document.getElementById('connections');
  const next = root && await part(location.pathname);
  if (!next) return;
  for (const fresh of next.querySelectorAll('[data-holds]')) {
    const now = root.querySelector(`#${fresh.id}`);
    if (!now || written(now)) continue;
    Idiomorph.morph(now, fresh, { morphStyle: 'outerHTML' });
  }
  house.shortenTimes(root);
}

export function connectionChanged() {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE + Math.random() * PAUSE);
}
