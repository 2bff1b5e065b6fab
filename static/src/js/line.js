/* The line to the server: one socket, joined anew after every break, and a quiet word when it has been away for long. */
import { io } from 'socket.io-client';
import { askAgain } from './badge.js';
import { connectionChanged } from './connections.js';
import { fragment, house, words } from './house.js';
import { ownList } from './own.js';
import { reviewChanged } from './review.js';
import { teamChanged } from './team.js';

const LONG = 30000;

/* Without a place to join it brings only what concerns every page: a way back in, the mark beside the bell, and what is
   read elsewhere. */
export function openLine({ join, joined = () => {}, frames = {}, poll = () => {} }) {
  const socket = io({ transports: ['websocket'], path: '/socket.io' });
  let alarm;
  let polling;
  let before = false;
  let over = false;

  const look = () => { poll(); askAgain(); };
  const live = () => {
    clearTimeout(alarm);
    clearInterval(polling);
    alarm = polling = undefined;
    show(false);
  };
  const away = () => {
    if (alarm || polling || over) return;
    alarm = setTimeout(() => {
      alarm = undefined;
      show(true);
      look();
      polling = setInterval(look, LONG);
    }, LONG);
  };
  const enter = () => {
    if (join) return void ask();
    live();
    joined();
  };
  const ask = () => socket.timeout(10000).emit(join.event, join.payload, (late, answer) => {
    if (late) return;
    if (answer?.ok) { live(); joined(); } else if (answer?.code === 'signed_out') house.toSignIn(); else if (answer?.code === 'not_found') location.reload();
  });

  socket.on('connect', () => {
    enter();
    /* What was said while the line was away; on a page that is a list of it, also before the line stood. */
    if (before || document.querySelector('#notices[data-live]')) askAgain();
    if (before || document.getElementById('own-waits')) ownList();
    if (before || document.querySelector('#review, #review-item')) reviewChanged();
    if (before || document.getElementById('team')) teamChanged();
    if (before || document.getElementById('connections')) connectionChanged();
    before = true;
  });
  socket.on('disconnect', away);
  socket.on('connect_error', away);
  socket.on('session:ended', () => {
    if (join) return void house.toSignIn();
    over = true;
    socket.disconnect();
  });
  socket.on('way-in:notice', () => fill('notice', '/me/notice'));
  socket.on('incident:changed', () => fill('incident', '/incident/bar'));
  socket.on('notices:changed', askAgain);
  socket.on('review:changed', reviewChanged);
  socket.on('inbox:changed', teamChanged);
  socket.on('connection:changed', () => { askAgain(); connectionChanged(); });
  socket.on('own:changed', ownList);
  socket.on('portrait:changed', ({ member }) => document.querySelectorAll(`.avatar img[src*="/people/${member}/picture/"]`).forEach(putAway));
  for (const name of ['my-data:changed', 'book:changed']) socket.on(name, () => document.dispatchEvent(new CustomEvent('hearth:data')));
  socket.on('concern:changed', () => document.dispatchEvent(new CustomEvent('hearth:concern')));
  for (const [event, take] of Object.entries(frames)) socket.on(event, take);
  away();
  addEventListener('online', () => { if (!socket.connected) socket.connect(); });
  addEventListener('pageshow', (event) => { if (event.persisted) { socket.disconnect().connect(); look(); } });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
  return socket;
}

/* The drawn one is under it; where it stands by itself the page is looked at again, but not the one she writes on. */
function putAway(picture) {
  if (picture.closest('picture')) picture.closest('picture').remove();
  else if (!picture.closest('.portrait-mine')) location.reload();
}

function show(gone) {
  const line = document.getElementById('notlive');
  if (!line) return;
  line.hidden = !gone;
  line.lastElementChild.textContent = gone ? words.sayNotlive : '';
}

/* Somebody made a way in for whoever reads here, or nobody can write just now, or it is over: the top of the page says
   what holds now. */
async function fill(id, path) {
  const place = document.getElementById(id);
  try {
    const answer = await fetch(path, { headers: { 'X-Part': '1', 'X-By-Itself': '1' } });
    if (place && answer.ok && !answer.redirected) place.replaceChildren(fragment(await answer.text()));
  } catch {
    /* The next page says it. */
  }
}
