/* An open conversation: pieces arrive, change and go while somebody reads, and the place being read stays put. */
import { Idiomorph } from 'idiomorph';
import { catchUp } from './catchup.js';
import { freshButton } from './fresh.js';
import { helpedOnTop } from './helped.js';
import { fragment, house, words } from './house.js';
import { openLine } from './line.js';
import { readMine } from './mine.js';
import { ownInThread, ownWaits } from './own.js';
import { readMark } from './read.js';
import { spanOf } from './span.js';
import { steady } from './steady.js';

const NEAR = 120;

const wordsIn = (node) => node.querySelector('.bodybox')?.innerHTML.replaceAll(' open=""', '');
/* A fold is opened and closed by whoever reads, never by what arrives. */
const keepsItsFolds = (name, node) => !(name === 'open' && node.matches('.folded'));
const isHeld = (node) => Boolean(node.querySelector('.note.held'));
const standsThere = (piece) => Boolean(piece.html && fragment(piece.html).querySelector('.piece:not(.removed)'));

/* `talk`: what a chat does otherwise (chat.js). */
export function startStream(root, talk = {}) {
  const id = Number(root.dataset.stream);
  const list = root.querySelector('.pieces');
  const cursor = { seq: Number(root.dataset.seq) };
  const mine = readMine();
  const read = readMark(root, mine.readNr, passed);
  const toNew = root.querySelector('.to-new');
  const lastAtLoad = Math.max(0, ...[...list.querySelectorAll('.slot')].map((slot) => Number(slot.dataset.nr) || 0));
  const waiting = new Map();
  const shown = new Map();
  const unmet = new Map(); // new replies of others, by their place: what the button counts
  const wording = new Map(); // the words of each piece, as they came
  let frameAsked = false;
  let stale = false;
  let said;

  /* What waits stands beside these: it has no place of its own yet, or is a change of one of them. */
  const slots = () => root.querySelectorAll(':scope > .opening, .pieces:not(#waiting) > .slot');
  slots().forEach((slot) => wording.set(Number(slot.dataset.piece), wordsIn(slot)));
  const slotOf = (piece) => [...slots()].find((slot) => Number(slot.dataset.piece) === piece);
  const standing = () => root.querySelectorAll('.slot');
  const hers = (pieces) => mine.learn({ pieces }, []);
  const ownAgain = () => ownInThread(root.dataset.url, hers);
  const span = spanOf(root, list, forget);
  const helped = helpedOnTop(id, slots, mine);
  const atEnd = () => list.getBoundingClientRect().bottom < innerHeight + NEAR;
  const floor = talk.floor || (() => innerHeight - NEAR / 2);
  const inSight = (slot) => slot.getBoundingClientRect().top < floor();
  const writing = () => document.activeElement?.matches('input, textarea');

  const fresh = freshButton(root.dataset, () => {
    const [piece, nr] = [...unmet].sort(([, one], [, other]) => one - other)[0] || [];
    const slot = slotOf(piece);
    if (stale || !slot) return void location.assign(stale || !nr ? root.dataset.url : span.address(nr));
    slot.scrollIntoView({ block: 'center', behavior: 'instant' });
    slot.focus({ preventScroll: true });
    meetShown();
  });

  /* Whoever has come to the first new one reads on to the others; what is not on the page still waits. */
  function meetShown() {
    slots().forEach((slot) => unmet.delete(Number(slot.dataset.piece)));
    count();
  }

  function count() {
    if (!stale && unmet.size !== fresh.count) fresh.set(unmet.size);
  }

  function forget(slot) {
    shown.delete(Number(slot.dataset.piece));
    wording.delete(Number(slot.dataset.piece));
  }

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
    forget(slot);
  }

  /* Only the shared piece is morphed. What the reader has opened stands beside it, in the slot, and is left alone.
     There are no fields in a piece, so what has the focus may change inside: it keeps the focus. Words are written anew
     only where they changed: the browser's own translation stands in them. */
  function change(slot, piece) {
    slot.dataset.seq = piece.seq;
    if (shown.get(piece.id) === piece.html) return;
    shown.set(piece.id, piece.html);
    const next = fragment(piece.html).querySelector('.piece');
    const now = slot.querySelector('.piece');
    if (!next || !now) return;
    const same = wording.get(piece.id) === wordsIn(next);
    wording.set(piece.id, wordsIn(next));
    const beforeNodeMorphed = (node) => !(same && node.nodeType === Node.ELEMENT_NODE && node.matches('.bodybox'));
    Idiomorph.morph(now, next, { callbacks: { beforeAttributeUpdated: keepsItsFolds, beforeNodeMorphed } });
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
    wording.set(piece.id, wordsIn(slot));
    const after = [...list.querySelectorAll('.slot')].find((other) => Number(other.dataset.nr) > piece.nr);
    list.insertBefore(slot, after || null);
    read.watch(slot);
    talk.arrived?.(slot);
    return slot;
  }

  function draw() {
    if (!frameAsked) return;
    frameAsked = false;
    const pieces = [...waiting.values()].sort((one, other) => one.nr - other.nr);
    waiting.clear();
    const follows = atEnd() && (talk.toEnd || !writing()) && !document.hidden;
    const arrived = [];
    steady(standing, () => {
      span.makeRoom(pieces.filter((piece) => piece.html));
      pieces.forEach((piece) => take(piece, arrived));
      redraw();
    });
    if (!arrived.length) talk.stay?.(); // my own, or one that grew: the end stays in sight
    meet(arrived, follows);
  }

  function redraw() {
    slots().forEach(mine.personalise);
    house.shortenTimes(root);
    talk.laid?.();
  }

  function take(piece, arrived) {
    let slot = slotOf(piece.id);
    /* It waited, and has its place now. */
    if (!slot && span.holds(piece.nr)) document.getElementById(`held-${piece.id}`)?.remove();
    /* Without its opening nothing of the thread is left for anybody else; with it there is more for its author. */
    if (slot?.matches('.opening') && (piece.gone || (isHeld(slot) && !isHeld(fragment(piece.html))))) return void location.reload();
    if (slot && Number(slot.dataset.seq) > piece.seq) return;
    const isNew = span.isNew(piece.nr);
    if (piece.gone) { if (slot) remove(slot); } else if (slot) change(slot, piece);
    else if (piece.html && span.holds(piece.nr)) slot = insert(piece);
    if (piece.id === said) seeMine(slot, piece.nr);
    if (!isNew && !unmet.has(piece.id)) return;
    if (mine.has(piece.id) || !standsThere(piece)) unmet.delete(piece.id);
    else if (isNew && slot) arrived.push(slot);
    else wait(piece.id, piece.nr);
  }

  /* My own answer, just sent: where this page does not reach, I am led to its place. */
  function seeMine(slot, nr) {
    said = undefined;
    if (!slot && !root.querySelector('.editing')) location.assign(span.address(nr));
  }

  /* Whoever reads at the end is led on, but never past the first one she has not seen. */
  function meet(others, follows) {
    if (others.length && follows) {
      if (talk.toEnd) talk.toEnd(); else others[others.length - 1].scrollIntoView({ block: 'nearest', behavior: 'instant' });
      const bar = (document.querySelector('.chat-head') || document.querySelector('.topbar'))?.getBoundingClientRect().bottom || 0;
      const over = bar + NEAR / 4 - others[0].getBoundingClientRect().top;
      if (over > 0) scrollBy({ top: -over, behavior: 'instant' });
    }
    const away = others.filter((slot) => !inSight(slot));
    away.forEach((slot) => wait(Number(slot.dataset.piece), Number(slot.dataset.nr)));
    if (others.length && !away.length) (talk.announce || (() => fresh.announce(others.length)))(others);
    count();
  }

  /* What was read on another device is not offered here. */
  function wait(piece, nr) {
    if (!read.isRead(nr)) unmet.set(piece, nr);
  }

  /* Read further elsewhere: the ways to what is new lead on, or go; what stands on the page stays where it is. */
  function passed() {
    if (toNew && read.isRead(lastAtLoad) && toNew !== document.activeElement) toNew.classList.add('passed');
    unmet.forEach((nr, piece) => { if (read.isRead(nr)) unmet.delete(piece); });
    count();
  }

  function queue(piece) {
    helped.follow(piece);
    const known = waiting.get(piece.id);
    if (known && known.seq > piece.seq) return;
    waiting.set(piece.id, piece);
    if (frameAsked) return;
    frameAsked = true;
    /* A page in the background, or covered by another, draws no frames; it must not fall behind for that. */
    setTimeout(draw, 200);
    if (!document.hidden) requestAnimationFrame(draw);
  }

  /* Closed for new replies, or open again. Whoever is writing keeps her words. */
  async function lock({ html }) {
    const place = document.getElementById('locked');
    let text = html;
    if (typeof text !== 'string') {
      const answer = await fetch(`/t/${id}/locked`, { headers: { 'X-Part': '1', 'X-By-Itself': '1' } }).catch(() => undefined);
      if (!answer?.ok || answer.redirected) return;
      text = await answer.text();
    }
    if (place) steady(slots, () => place.replaceChildren(fragment(text.trim())));
  }

  const catching = catchUp(id, cursor, (news) => {
    read.learn(news.mine.read_nr);
    if (news.reload) return offerReload();
    mine.learn(news.mine, news.pieces.map((piece) => piece.id));
    news.pieces.forEach(queue);
  });

  /* Too much to catch up with: what stands here stays for reading, and nothing is put after a gap. */
  function offerReload() {
    stale = true;
    span.end();
    fresh.say(words.sayReload);
  }

  function onFrame(frame) {
    if (frame.stream !== id) return;
    if (!frame.seq) return void catching.ask();
    catching.heard(frame.seq);
    if (frame.seq <= cursor.seq) return;
    /* What a host hid goes for everybody but its author, who is told so beside it. */
    const hers = frame.gone && mine.has(frame.id);
    if (frame.prev !== cursor.seq || catching.busy || hers || (!frame.html && !frame.gone)) return void catching.ask();
    cursor.seq = frame.seq;
    queue(frame);
  }

  /* Seen passing: what is in sight does not wait any more. */
  addEventListener('scroll', () => {
    const first = unmet.size && [...slots()].find((slot) => unmet.has(Number(slot.dataset.piece)));
    if (first && inSight(first)) meetShown();
  }, { passive: true });
  /* My own act: its piece is asked for once more, because only the answer to me says what is mine. A few numbers
     back, because others may have written between my act and its answer. */
  document.addEventListener('hearth:sent', ({ detail }) => {
    const waits = detail.said && document.getElementById(`held-${detail.said}`);
    said = waits ? undefined : detail.said;
    if (waits) {
      hers([detail.said]);
      document.getElementById('waiting').querySelector(`#held-${detail.said}`)?.remove(); // the news of it was faster
    }
    catching.ask(Math.max(0, detail.seq - 8));
  });

  function missed() {
    talk.joined?.();
    catching.ask();
    helped.look();
    if (ownWaits()) ownAgain();
  }

  const socket = openLine({
    join: { event: 'stream:join', payload: { stream: id } },
    joined: missed,
    frames: {
      'stream:piece': onFrame,
      'thread:helped': helped.onFrame,
      'thread:locked': (frame) => { if (frame.stream === id) lock(frame); },
      /* To those alone for whom pictures wait: what is theirs comes with the answer to them. */
      'pictures:changed': ({ stream, seq }) => { if (stream === id) catching.ask(Math.max(0, seq - 1)); },
      'own:changed': ({ stream }) => { if (stream === id) ownAgain(); },
      'reading:changed': ({ stream, nr }) => { if (stream === id) read.learn(nr); },
      ...talk.frames,
    },
    poll: missed,
  });
  return { socket, mine, span, slotOf, redraw, ownAgain, ask: catching.ask, watch: read.watch };
}
