/* Pictures chosen, dropped or pasted: what sends them (photos.js) comes when somebody reaches for the field, because most
   pages are read without a picture. Without either file the same field sends its files with the form. */
import { fromMember, house } from './house.js';
import { say, tell } from './say.js';

const waiting = new WeakMap(); // how many choices of a form are on their way, and whether Send was pressed meanwhile
const placeIn = (form) => form?.querySelector('.picture-choose');

async function bring(place) {
  if (!house.photos) await import(place.dataset.src);
  return house.photos;
}

async function take(place, files) {
  const form = place.closest('form');
  const state = waiting.get(form) || { count: 0, pressed: false };
  waiting.set(form, state);
  state.count += 1;
  try {
    await (await bring(place)).take(place, files);
  } catch {
    tell(place, place.dataset.sayNot);
  } finally { state.count -= 1; }
  if (!state.count && state.pressed) {
    state.pressed = false;
    form.requestSubmit();
  }
}

/* Nothing named and nothing shown needs no file to say so. */
function showNamed(form) {
  const place = placeIn(form);
  if (!place || !(form.elements.photos.value || place.querySelector('[data-photo]'))) return;
  bring(place).then((photos) => photos.showNamed(place)).catch(() => {}); // they stand there without their buttons
}

const within = (target) => (fromMember(target) ? undefined : target.closest('.picture-choose'));
const reached = ({ target }) => {
  const place = within(target);
  if (place) bring(place).catch(() => {}); // tried again with the first picture
};

export function startChoosing() {
  house.showPictures = showNamed;
  if (CSS.supports('selector(:has(*))')) document.documentElement.classList.add('can-choose'); // or its focus would not show
  new Set([...document.querySelectorAll('.picture-choose [data-photo]')].map((one) => one.closest('form'))).forEach(showNamed);
  document.addEventListener('focusin', reached);
  document.addEventListener('pointerdown', reached);
  document.addEventListener('change', ({ target }) => {
    const place = target.matches?.('input[type="file"]') && within(target);
    if (!place) return;
    const files = [...target.files];
    target.value = '';
    take(place, files);
  });
  document.addEventListener('dragover', (event) => {
    if (placeIn(event.target.closest?.('form')) && event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    const place = placeIn(event.target.closest?.('form'));
    if (!place || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    take(place, event.dataTransfer.files);
  });
  document.addEventListener('paste', (event) => {
    const place = placeIn(event.target.closest?.('form'));
    const files = [...(event.clipboardData?.files || [])];
    if (!place || event.clipboardData.getData('text/plain') || !files.some((file) => file.type.startsWith('image/'))) return;
    event.preventDefault();
    take(place, files);
  });
  /* Send waits for what is on its way: before the form itself is looked at. */
  document.addEventListener('submit', (event) => {
    const state = waiting.get(event.target);
    if (!state?.count) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    state.pressed = true;
    say(placeIn(event.target).dataset.sayWaits);
  }, true);
}
