/* "2 new replies": what came while I looked elsewhere waits behind one button. */
import { house, words } from './house.js';

export function freshButton(own, press) {
  const button = document.getElementById('fresh');
  let count = 0;
  const text = () => (count === 1 ? own.sayNewOne || words.sayNewOne : (own.sayNewMany || words.sayNewMany).replace('{n}', count));
  const set = (next) => {
    count = next;
    if (!button) return;
    button.hidden = !count;
    button.lastElementChild.textContent = count ? text() : '';
    if (count) house.say(text());
  };
  button?.addEventListener('click', () => { set(0); press(); });
  return { set, announce: (more) => { const was = count; count = more; house.say(text()); count = was; }, get count() { return count; } };
}
