/* Pictures chosen, dropped or pasted go by themselves, one after the other, while one writes; the form then names them.
   A line that breaks is waited for: each try has a name of its own, so what arrived twice is kept once. Without this file
   the same field sends its files with the form. */
import { keepDraft } from './drafts.js';
import { fromMember, house, token } from './house.js';
import { say, tell } from './say.js';

const PAUSES = [1000, 3000, 8000, 20000];
const waiting = new WeakMap(); // how many of a form are on their way, and whether Send was pressed meanwhile

const numbers = (place) => place.closest('form').querySelector('input[name="photos"]');
const idsOf = (place) => numbers(place).value.split(',').filter(Boolean);

function keep(place, ids) {
  numbers(place).value = ids.join(',');
  keepDraft(place.closest('form'));
}

const listIn = (place) => {
  const list = place.querySelector('ul') || place.insertBefore(document.createElement('ul'), place.querySelector('input[type="file"]'));
  list.className = 'pictures small';
  return list;
};

function row(place, file) {
  const list = listIn(place);
  const item = document.createElement('li');
  const bar = document.createElement('progress');
  bar.max = 100;
  bar.setAttribute('aria-label', file.name);
  item.append(bar);
  list.append(item);
  return { item, bar };
}

function button(words, done) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'btn quiet small';
  made.textContent = words;
  made.addEventListener('click', done);
  return made;
}

/* Drawn: a small one, with what moves it forward and takes it out again. */
function drawn(place, item, id, url) {
  const image = document.createElement('img');
  image.src = url;
  image.alt = place.dataset.sayMine;
  image.width = 80;
  image.height = 80;
  item.dataset.photo = id;
  item.replaceChildren(image, button(place.dataset.sayEarlier, () => {
    const before = item.previousElementSibling;
    if (!before) return;
    before.before(item);
    keep(place, [...place.querySelectorAll('[data-photo]')].map((one) => one.dataset.photo));
    say(place.dataset.sayMoved);
  }), button(place.dataset.sayAway, () => {
    keep(place, idsOf(place).filter((one) => one !== id));
    item.remove();
    place.querySelector('input[type="file"]').focus();
  }));
}

/* One try. Resolves with the answer, or nothing where no line was there. */
const attempt = (file, name, bar) => new Promise((done) => {
  const body = new FormData();
  body.append('csrf_token', token());
  body.append('client_id', name);
  body.append('picture', file, 'picture');
  const going = new XMLHttpRequest();
  going.open('POST', '/photos');
  going.setRequestHeader('Accept', 'application/json');
  going.responseType = 'json';
  going.upload.addEventListener('progress', ({ loaded, total }) => { bar.value = total ? (loaded / total) * 100 : 0; });
  going.addEventListener('load', () => done(going.status >= 500 && going.status !== 503 ? undefined : going));
  for (const end of ['error', 'abort', 'timeout']) going.addEventListener(end, () => done(undefined));
  going.send(body);
});

const later = (time) => new Promise((done) => {
  setTimeout(done, time);
  addEventListener('online', done, { once: true });
});

async function send(place, file) {
  const { item, bar } = row(place, file);
  const name = crypto.randomUUID?.() || `photo-${Date.now()}-${Math.floor(Math.random() * 1e9)}`;
  for (const pause of [...PAUSES, undefined]) {
    const answer = await attempt(file, name, bar);
    if (answer?.response?.ok) {
      keep(place, [...idsOf(place), answer.response.id]);
      drawn(place, item, answer.response.id, answer.response.url);
      return;
    }
    if (answer || pause === undefined) {
      item.remove();
      return void tell(place, answer?.response?.message || place.dataset.sayNot);
    }
    await later(pause);
  }
}

async function take(place, files) {
  const form = place.closest('form');
  const pictures = [...files].filter((file) => file.type.startsWith('image/') || /\.(heic|heif)$/i.test(file.name));
  const room = Number(place.dataset.most) - idsOf(place).length;
  if (pictures.length > room) tell(place, place.dataset.sayMost);
  const state = waiting.get(form) || { count: 0, pressed: false };
  waiting.set(form, state);
  for (const file of pictures.slice(0, Math.max(0, room))) {
    state.count += 1;
    try { await send(place, file); } finally { state.count -= 1; }
  }
  if (!state.count && state.pressed) {
    state.pressed = false;
    form.requestSubmit();
  }
}

/* Those a form names already, each with its two buttons: a draft's, or words given back. */
function showNamed(form) {
  const place = placeIn(form);
  if (!place) return;
  const list = listIn(place);
  list.replaceChildren(...idsOf(place).map((id) => {
    const item = document.createElement('li');
    drawn(place, item, id, `/photos/${id}/320.jpg`);
    return item;
  }));
}

const placeIn = (form) => form?.querySelector('.picture-choose');

export function startPhotos() {
  house.showPictures = showNamed;
  document.querySelectorAll('form:has(.picture-choose [data-photo])').forEach(showNamed);
  document.addEventListener('change', ({ target }) => {
    if (!target.matches?.('.picture-choose input[type="file"]') || fromMember(target)) return;
    const files = [...target.files];
    target.value = '';
    take(target.closest('.picture-choose'), files);
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
