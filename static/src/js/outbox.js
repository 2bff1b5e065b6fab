/* What I say in a chat, on its way. One after the other, in the order it was written, each under one name of its own, so
   that it stands there once however often it is sent: by the line while it stands, else by an ordinary request. What
   finds no line waits here and in this tab's own memory, which ends with the tab and with signing out; where a device
   keeps nobody signed in, it waits on the page alone. */
import { house, token } from './house.js';

const PATIENCE = 8000;
const SOON = 400; // what is on its way for longer says so
const KEY = 'hearth:out:';

const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function memory(member, stream) {
  const key = `${KEY}${member}:${stream}`;
  const keeps = !document.getElementById('idle');
  try {
    Object.keys(sessionStorage).filter((name) => name.startsWith(KEY) && !name.startsWith(`${KEY}${member}:`))
      .forEach((name) => sessionStorage.removeItem(name));
  } catch { /* no memory at all */ }
  return {
    keeps,
    read() { try { return (keeps && JSON.parse(sessionStorage.getItem(key))) || []; } catch { return []; } },
    write(queue) {
      if (!keeps) return;
      const kept = queue.map(({ id, text, quote, picked, photos }) => ({ id, text, quote, picked, photos }));
      try { if (kept.length) sessionStorage.setItem(key, JSON.stringify(kept)); else sessionStorage.removeItem(key); } catch { /* it waits on the page */ }
    },
  };
}

/* `line()`: the socket; `landed(one, answer)`: it is stored; `giveBack(one, sentence)`: it may not stand there. */
export function outboxOf({ stream, member, form, line, landed, giveBack, signedOut, changed }) {
  const list = document.getElementById('outbox');
  const model = document.getElementById('outgoing');
  const notice = document.getElementById('chat-offline');
  const { sends } = document.getElementById('stream').dataset; // without one everything goes by request
  const kept = memory(member, stream);
  let queue = [];
  let going = false;
  let timer;

  function show(one, way, fill = '') {
    one.way = way;
    const state = one.node.querySelector('.where');
    one.node.dataset.way = way;
    state.textContent = way === 'failed' ? `${state.dataset.failed} ${fill}`.trim() : (state.dataset[way] || '').replace('{n}', fill);
    one.node.querySelector('.again').hidden = way !== 'failed';
    one.node.querySelector('.back-to-field').hidden = way === 'sending';
  }

  function draw(one) {
    one.node = model.content.firstElementChild.cloneNode(true);
    const bubble = one.node.querySelector('.bubble');
    const count = one.photos?.length || 0;
    const pictures = count === 1 ? bubble.dataset.one : bubble.dataset.many.replace('{n}', count);
    bubble.textContent = [one.text, count ? pictures : ''].filter(Boolean).join('\n');
    one.node.querySelector('.again').addEventListener('click', () => flush());
    one.node.querySelector('.back-to-field').addEventListener('click', () => {
      drop(one);
      giveBack(one, '');
      flush();
    });
    list.append(one.node);
    list.hidden = false;
  }

  function drop(one) {
    queue = queue.filter((other) => other !== one);
    one.node.remove();
    list.hidden = !queue.length;
    kept.write(queue);
    changed();
  }

  async function byLine({ id, text, quote, picked, photos }) {
    const payload = { stream, client_id: id, text };
    if (quote) payload.quote = Number(quote);
    if (picked) payload.picked = picked.split(',').map(Number);
    if (photos?.length) payload.photos = photos.map(Number);
    try { return await line().timeout(PATIENCE).emitWithAck(sends, payload); } catch { return undefined; }
  }

  async function byRequest({ id, text, quote, picked, photos }) {
    const body = new URLSearchParams({ csrf_token: token(), client_id: id, text, quote: quote || '', picked: picked || '' });
    if (photos?.length) body.set('photos', photos.join(','));
    try {
      const answer = await fetch(form.action, { method: 'POST', body, signal: AbortSignal.timeout?.(PATIENCE * 2), headers: { Accept: 'application/json' } });
      if (answer.status === 401 || (answer.redirected && new URL(answer.url).pathname === '/login')) return { ok: false, code: 'signed_out' };
      const said = await answer.json();
      return { ...said, wait: said.wait || Number(answer.headers.get('Retry-After')) };
    } catch { return undefined; }
  }

  async function deliver(one) {
    const answer = sends && navigator.onLine !== false && line()?.connected && await byLine(one);
    if (answer && answer.code !== 'signed_out') return answer;
    return byRequest(one); // the same name: what the line brought there all the same is not there twice
  }

  function offline(is) {
    if (is && notice.hidden) house.say(notice.querySelector('p').textContent.replace(/\s+/g, ' ').trim());
    notice.hidden = !is;
    if (is) queue.forEach((one) => show(one, 'waits'));
  }

  /* Slow mode: the words stay, it counts down, and then they go. */
  function waitFor(one, seconds) {
    clearTimeout(timer);
    if (!queue.includes(one)) return;
    if (seconds <= 0) return void flush();
    const first = one.way !== 'slow';
    show(one, 'slow', seconds);
    if (first) house.say(one.node.querySelector('.where').textContent);
    timer = setTimeout(waitFor, 1000, one, seconds - 1);
  }

  const allText = () => queue.map(({ text }) => text).filter(Boolean).join('\n');
  const allPhotos = () => queue.flatMap(({ photos = [] }) => photos);

  /* Whether the next one may go. */
  async function step(one) {
    const late = setTimeout(show, SOON, one, 'sending');
    const answer = await deliver(one);
    clearTimeout(late);
    if (answer) notice.hidden = true;
    if (!queue.includes(one)) { // it arrived faster than its answer
      if (answer?.ok) landed(one, answer);
      return true;
    }
    if (!answer) return void offline(true);
    if (answer.ok) {
      landed(one, answer);
      drop(one);
    } else if (answer.code === 'signed_out') return void signedOut(allText(), allPhotos(), () => kept.write([]));
    else if (answer.code === 'not_found') return void location.reload();
    else if (answer.code === 'too_many') return void waitFor(one, answer.wait || 10);
    else if (answer.code === 'invalid') {
      drop(one);
      giveBack(one, answer.message);
    } else if (answer.code === 'not_allowed') { // nor what comes after it
      const [text, photos] = [allText(), allPhotos()];
      queue.forEach(drop);
      giveBack({ ...one, text, photos }, answer.message);
    } else {
      queue.forEach((other) => show(other, other === one ? 'failed' : 'waits', other === one ? answer.message : ''));
      house.say(answer.message);
      return false;
    }
    return true;
  }

  async function flush() {
    clearTimeout(timer);
    if (going || !queue.length) return;
    going = true;
    try { while (queue.length && await step(queue[0])); } finally { going = false; }
  }

  notice.querySelector('button').addEventListener('click', () => { line()?.connect(); flush(); });
  addEventListener('online', flush);
  /* A device that keeps nobody signed in keeps no words either: the server's draft has them, as far as there is a line. */
  addEventListener('pagehide', () => {
    if (kept.keeps || !queue.length) return;
    const photos = [...allPhotos(), form.elements.photos?.value].filter(Boolean).join(',');
    const fields = JSON.stringify({ text: [allText(), form.elements.text.value].filter(Boolean).join('\n'), photos });
    navigator.sendBeacon(form.dataset.save, new URLSearchParams({ place: form.dataset.draft, fields, csrf_token: token() }));
  });
  kept.read().forEach((one) => { queue.push(one); draw(one); show(one, 'waits'); });

  return {
    flush,
    holds: (text, photos) => queue.some((one) => one.text === text && (text || (one.photos || []).join() === photos.join())),
    say(words) {
      const one = { id: random(), ...words };
      queue.push(one);
      kept.write(queue);
      draw(one);
      show(one, 'sending');
      one.node.querySelector('.where').textContent = '';
      if (queue.length > 1 && ['waits', 'failed'].includes(queue[0].way)) show(one, 'waits');
      flush();
    },
    /* My own message came in before its answer did: it stands where it belongs, and not a second time. */
    arrived(text) {
      const one = going && queue[0];
      if (one && plain(one.text) === plain(text)) drop(one);
    },
  };
}

const plain = (text) => text.replace(/[\s*_`#>~\\-]+/g, '');
