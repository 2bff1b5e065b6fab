/* Pictures chosen go by themselves, one after the other, while one writes; the form then names them. A line that breaks is
   waited for: each try has a name of its own, so what arrived twice is kept once. `choosing.js` brings this file with the
   first picture and uses `house.photos`. */
import { house, token } from './house.js';
import { say, tell } from './say.js';

const PAUSES = [1000, 3000, 8000, 20000];

const numbers = (place) => place.closest('form').querySelector('input[name="photos"]');
const idsOf = (place) => numbers(place).value.split(',').filter(Boolean);

function keep(place, ids) {
  numbers(place).value = ids.join(',');
  house.keepDraft(place.closest('form'));
}

const listIn = (place) => {
  const known = place.querySelector('ul');
  if (known) return known;
  const list = document.createElement('ul');
  list.className = 'pictures small';
  place.prepend(list);
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

/* Resolves when the last of them is here, or given up. */
async function take(place, files) {
  const pictures = [...files].filter((file) => file.type.startsWith('image/') || /\.(heic|heif)$/i.test(file.name));
  const room = Number(place.dataset.most) - idsOf(place).length;
  if (pictures.length > room) tell(place, place.dataset.sayMost);
  for (const file of pictures.slice(0, Math.max(0, room))) await send(place, file);
}

/* Those a form names already, each with its two buttons: a draft's, or words given back. */
function showNamed(place) {
  listIn(place).replaceChildren(...idsOf(place).map((id) => {
    const item = document.createElement('li');
    drawn(place, item, id, `/photos/${id}/320.jpg`);
    return item;
  }));
}

house.photos = { take, showNamed };
