/* An open conversation: pieces arrive, change and go while somebody reads, and the place being read stays put. */
import { Idiomorph } from 'idiomorph';
import { catchUp } from './catchup.js';
import { freshButton } from './fresh.js';
import { helpedOnTop } from './helped.js';
import { fragment, house, words } from './house.js';
import { openLine } from './line.js';
import { readMine } from './mine.js';
import { readMark } from './read.js';
import { steady } from './steady.js';

const NEAR = 120;

/* A fold is opened and closed by whoever reads, never by what arrives. */
const keepsItsFolds = (name, node) => !(name === 'open' && node.matches('.folded'));

export function startStream(root) {
  const id = Number(root.dataset.stream);
  const list = root.querySelector('.pieces');
  const tail = root.dataset.tail === '1';
  const cursor = { seq: Number(root.dataset.seq) };
  const mine = readMine();
  const watch = readMark(root, mine.readNr);
  const waiting = new Map();
  const shown = new Map();
  let frameAsked = false;
  let firstNew;

  const fresh = freshButton(root.dataset, () => {
    if (!firstNew?.isConnected) return void location.assign(root.dataset.url);
    firstNew.scrollIntoView({ block: 'center', behavior: 'instant' });
    firstNew.focus({ preventScroll: true });
    firstNew = undefined;
  });
  const slots = () => root.querySelectorAll('.slot');
  const slotOf = (piece) => root.querySelector(`.slot[data-piece="${Number(piece)}"]`);
  const helped = helpedOnTop(id, slots, mine);
  const lastNr = () => Math.max(0, ...[...slots()].map((slot) => Number(slot.dataset.nr) || 0));
  const atEnd = () => list.getBoundingClientRect().bottom < innerHeight + NEAR;
  const writing = () => document.activeElement?.matches('input, textarea');

  function remove(slot) {
    const neighbour = slot.nextElementSibling || slot.previousElementSibling || list;
    if (slot.contains(document.activeElement)) neighbour.focus?.();
    if (slot.querySelector('.menu-slot')?.childElementCount) {
      const line = document.createElement('li');
      line.className = 'gone';
      line.textContent = words.sayGone;
      slot.before(line);
      house.say(words.sayGone);
    }
    slot.remove();
  }

  /* Only the shared piece is morphed. What the reader has opened stands beside it, in the slot, and is left alone.
     There are no fields in a piece, so what has the focus may change inside: it keeps the focus. */
  function change(slot, piece) {
    slot.dataset.seq = piece.seq;
    if (shown.get(piece.id) === piece.html) return;
    shown.set(piece.id, piece.html);
    const next = fragment(piece.html).querySelector('.piece');
    const now = slot.querySelector('.piece');
    if (next && now) Idiomorph.morph(now, next, { callbacks: { beforeAttributeUpdated: keepsItsFolds } });
  }

  function insert(piece) {
    const slot = document.createElement('li');
    slot.className = 'slot arrived';
    slot.id = `p${piece.nr}`;
    slot.tabIndex = -1;
    Object.assign(slot.dataset, { piece: piece.id, nr: piece.nr, seq: piece.seq });
    const menu = document.createElement('div');
    menu.className = 'menu-slot';
    slot.append(fragment(piece.html), menu);
    shown.set(piece.id, piece.html);
    const after = [...list.querySelectorAll('.slot')].find((other) => Number(other.dataset.nr) > piece.nr);
    list.insertBefore(slot, after || null);
    watch(slot);
    return slot;
  }

  function draw() {
    frameAsked = false;
    const pieces = [...waiting.values()].sort((one, other) => one.nr - other.nr);
    waiting.clear();
    const follows = atEnd() && !writing();
    const last = lastNr();
    const arrived = [];
    let unseen = 0;
    steady(slots, () => pieces.forEach((piece) => {
      const slot = slotOf(piece.id);
      if (slot && Number(slot.dataset.seq) > piece.seq) return;
      if (piece.gone) { if (slot) remove(slot); } else if (!piece.html) return;
      else if (slot) change(slot, piece);
      else if (!tail && piece.nr > last) unseen += mine.has(piece.id) ? 0 : 1;
      else if (piece.nr > 1) arrived.push(insert(piece));
    }));
    slots().forEach(mine.personalise);
    house.shortenTimes(root);
    meet(arrived.filter((slot) => !mine.has(slot.dataset.piece) && Number(slot.dataset.nr) > last), follows, unseen);
  }

  function meet(others, follows, unseen) {
    if (unseen) fresh.add(unseen);
    if (!others.length) return;
    const inSight = others[0].getBoundingClientRect().top < innerHeight - NEAR / 2;
    if (follows) others[others.length - 1].scrollIntoView({ block: 'nearest', behavior: 'instant' });
    if (follows || inSight) return void fresh.announce(others.length);
    firstNew = firstNew?.isConnected ? firstNew : others[0];
    fresh.add(others.length);
  }

  function queue(piece) {
    helped.follow(piece);
    const known = waiting.get(piece.id);
    if (known && known.seq > piece.seq) return;
    waiting.set(piece.id, piece);
    if (frameAsked) return;
    frameAsked = true;
    /* A page in the background draws no frames; it must not fall behind for that. */
    if (document.hidden) setTimeout(draw, 100); else requestAnimationFrame(draw);
  }

  const catching = catchUp(id, cursor, (news) => {
    if (news.reload) return offerReload();
    mine.learn(news.mine, news.pieces.map((piece) => piece.id));
    news.pieces.forEach(queue);
  });

  function offerReload() {
    const button = document.getElementById('fresh');
    button.hidden = false;
    button.lastElementChild.textContent = words.sayReload;
    button.addEventListener('click', () => location.assign(root.dataset.url), { once: true });
    house.say(words.sayReload);
  }

  function onFrame(frame) {
    if (frame.stream !== id) return;
    if (!frame.seq) return void catching.ask();
    catching.heard(frame.seq);
    if (frame.seq <= cursor.seq) return;
    if (frame.prev !== cursor.seq || catching.busy || (!frame.html && !frame.gone)) return void catching.ask();
    cursor.seq = frame.seq;
    queue(frame);
  }

  /* Seen passing: keep the reader out of somebody's finished text once it is in sight. */
  addEventListener('scroll', () => {
    if (fresh.count && firstNew?.isConnected && firstNew.getBoundingClientRect().top < innerHeight - NEAR / 2) { fresh.set(0); firstNew = undefined; }
  }, { passive: true });
  /* My own act: its piece is asked for once more, because only the answer to me says what is mine. A few numbers
     back, because others may have written between my act and its answer. */
  document.addEventListener('hearth:sent', ({ detail }) => catching.ask(Math.max(0, detail.seq - 8)));

  openLine({
    join: { event: 'stream:join', payload: { stream: id } },
    joined: () => { catching.ask(); helped.look(); },
    frames: { 'stream:piece': onFrame, 'thread:helped': helped.onFrame },
    poll: () => { catching.ask(); helped.look(); },
  });
}
