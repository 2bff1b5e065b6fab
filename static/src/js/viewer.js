/* Pictures as large as the screen, by finger, keyboard and ear. For any container with `data-pictures`: every
   `a[data-picture]` in it that holds a `<picture>` (or an `<img>`) is one of its pictures, in the order in which they
   stand. `href` is the picture's own page, where the link leads without this file and from here; `data-moving`, on the
   same link, is the address of the one that moves: a tap on its still plays it where it stands, another stops it.
   `a[data-large]` and `a[data-move]` beside it do the two things by name. The words are in `template#viewer`. `pictures.js`
   brings this file with the first press and calls `house.viewer(link)`. */
import { house } from './house.js';

const FAR = 48; // pixels that are a swipe
const TWICE = 300; // milliseconds between two taps that are one
const calm = matchMedia('(prefers-reduced-motion: reduce)');

const linksIn = (container) => [...container.querySelectorAll('a[data-picture]')].filter((link) => link.querySelector('img'));
const stillOf = (link) => link.querySelector('picture, img:not(.moving)');

/* Moves, or stands still again. The words on what does it follow. */
function move(still, address, button, on) {
  const moving = still.parentElement.querySelector(':scope > img.moving');
  const wanted = on ?? !moving;
  if (wanted === Boolean(moving)) return;
  if (moving) moving.remove();
  else {
    const image = document.createElement('img');
    const { width, height, alt } = still.matches('img') ? still : still.querySelector('img');
    Object.assign(image, { src: address, className: 'moving', width, height, alt });
    still.after(image);
  }
  still.hidden = wanted;
  if (!button) return;
  button.textContent = wanted ? template.dataset.still : template.dataset.move;
  button.setAttribute('aria-pressed', String(wanted));
}

function moveHere(link, on) {
  move(stillOf(link), link.dataset.moving, link.parentElement.querySelector('[data-move]'), on);
}

/* One dialog, made when it is first wanted. */
function madeOf({ content, dataset }) {
  const dialog = content.querySelector('dialog').cloneNode(true);
  const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
  const [stage, place, alt, own, play] = ['stage', 'place', 'alt', 'own', 'play'].map(part);
  let links = [];
  let at = 0;
  let from;
  let opener;
  let tapped = 0;
  let container;
  let watching;

  function show(next) {
    at = Math.max(0, Math.min(links.length - 1, next));
    const link = links[at];
    const image = stillOf(link).cloneNode(true);
    image.hidden = false;
    image.querySelectorAll('source, img').forEach((one) => { one.sizes = '100vw'; one.removeAttribute('loading'); });
    stage.replaceChildren(image);
    stage.classList.remove('near');
    const words = (image.matches('img') ? image : image.querySelector('img')).alt;
    place.textContent = dataset.place.replace('{n}', at + 1).replace('{m}', links.length);
    alt.textContent = words;
    own.href = link.getAttribute('href');
    play.hidden = !link.dataset.moving;
    play.textContent = dataset.move;
    play.setAttribute('aria-pressed', 'false');
    part('before').disabled = !at;
    part('after').disabled = at === links.length - 1;
    dialog.classList.toggle('alone', links.length === 1);
  }

  const step = (by) => { if (links[at + by]) show(at + by); };
  const play1 = () => move(stage.querySelector('picture, img:not(.moving)'), links[at].dataset.moving, play);

  /* What was taken away while one looks goes from here, too. */
  function look() {
    const here = linksIn(container);
    if (container.isConnected && here.length === links.length && here.every((link, nr) => link === links[nr] && stillOf(link))) return;
    links = container.isConnected ? here : [];
    if (links.length) show(Math.min(at, links.length - 1)); else dialog.close();
  }

  function open(link) {
    container = link.closest('[data-pictures]');
    links = linksIn(container);
    opener = link;
    if (!dialog.isConnected) document.body.append(dialog);
    dialog.showModal();
    show(links.indexOf(link));
    part('close').focus();
    history.pushState({ ...history.state, viewer: true }, '');
    watching = new MutationObserver(look);
    watching.observe(document.body, { childList: true, subtree: true });
  }

  dialog.addEventListener('close', () => {
    watching?.disconnect();
    stage.replaceChildren();
    if (history.state?.viewer) history.back();
    (opener?.isConnected ? opener : document.getElementById('main'))?.focus({ preventScroll: true });
  });
  /* Its own page takes the viewer's place on the way back, so that Back leads to where one was. */
  own.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(own.href);
  });
  addEventListener('pageshow', () => { if (dialog.open && !history.state?.viewer) dialog.close(); });
  addEventListener('popstate', () => { if (dialog.open) dialog.close(); });

  dialog.addEventListener('click', ({ target }) => {
    if (target.closest('[data-part="close"]')) dialog.close();
    else if (target.closest('[data-part="before"]')) step(-1);
    else if (target.closest('[data-part="after"]')) step(1);
    else if (target.closest('[data-part="play"]')) play1();
  });
  dialog.addEventListener('keydown', (event) => {
    const going = { ArrowLeft: () => step(-1), ArrowRight: () => step(1), Home: () => show(0), End: () => show(links.length - 1) }[event.key];
    if (!going || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    going();
  });

  /* A finger alone swipes; two are the browser's, which makes it larger. A tap plays what moves, two bring it near. */
  const fingers = new Set();
  stage.addEventListener('pointerdown', (event) => {
    fingers.add(event.pointerId);
    from = fingers.size === 1 ? { x: event.clientX, y: event.clientY } : undefined;
  });
  stage.addEventListener('pointercancel', ({ pointerId }) => { fingers.delete(pointerId); from = undefined; });
  stage.addEventListener('pointerup', (event) => {
    fingers.delete(event.pointerId);
    const [dx, dy] = from ? [event.clientX - from.x, event.clientY - from.y] : [0, 0];
    const swiped = from && Math.abs(dx) > FAR && Math.abs(dx) > 2 * Math.abs(dy) && !stage.classList.contains('near') && !(visualViewport?.scale > 1.05);
    const tap = from && Math.hypot(dx, dy) < FAR / 4;
    from = undefined;
    if (swiped) return void step(dx < 0 ? 1 : -1);
    if (!tap || !event.target.closest('img')) return;
    if (event.timeStamp - tapped < TWICE) stage.classList.toggle('near');
    else if (links[at].dataset.moving) play1();
    tapped = event.timeStamp;
  });
  stage.addEventListener('dragstart', (event) => event.preventDefault());
  return { open };
}

let viewer;

const template = document.getElementById('viewer');
const styled = new Promise((done) => {
  const looks = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: template.dataset.looks });
  for (const name of ['load', 'error']) looks.addEventListener(name, done);
  document.head.append(looks);
});

async function large(link) {
  await styled;
  if (!link.isConnected || document.querySelector('dialog[open]')) return;
  viewer = viewer || madeOf(template);
  moveHere(link, false);
  viewer.open(link);
}

/* What was pressed: a picture, or one of the two links beside it. Raises where there is nothing to show. */
house.viewer = (pressed) => {
  const link = pressed.matches('[data-picture]') ? pressed : pressed.closest('li, figure').querySelector('a[data-picture]');
  if (!link.querySelector('img')) throw new Error('no picture');
  if (pressed.matches('[data-move]') || (pressed === link && link.dataset.moving)) moveHere(link);
  else large(link);
};
calm.addEventListener?.('change', () => {
  if (calm.matches) document.querySelectorAll('a[data-moving]').forEach((link) => moveHere(link, false));
});
