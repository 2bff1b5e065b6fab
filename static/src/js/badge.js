/* The mark beside the bell: asked for anew when the server says that something changed, here or on another device. */
const PAUSE = 150;
const listeners = [];
let timer;

/* What else on the page is to be brought up to date with it. */
export const whenTold = (listener) => listeners.push(listener);

/* Many pages hear at once: each waits a moment of its own before it asks. */
export function askAgain() {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE + Math.random() * PAUSE);
}

async function ask() {
  try {
    const answer = await fetch('/notifications/count', { headers: { Accept: 'application/json', 'X-By-Itself': '1' } });
    if (!answer.ok || answer.redirected) return;
    const told = await answer.json();
    document.querySelectorAll('[data-notices]').forEach((link) => show(link, told));
    listeners.forEach((listener) => listener());
  } catch {
    /* The next page says it. */
  }
}

function show(link, { count, figure, quiet }) {
  const mark = link.querySelector('.told');
  const { sayNone, sayOne, sayMany, sayQuiet } = link.dataset;
  mark.textContent = figure;
  mark.hidden = !count && !quiet;
  mark.classList.toggle('dot', !count && quiet);
  link.querySelector('.said').textContent = count > 1 ? sayMany.replace('{n}', figure) : count ? sayOne : quiet ? sayQuiet : sayNone;
}
