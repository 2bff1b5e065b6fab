/* How messages stand under each other, after everything that arrives, changes or goes: what streams/lines.py says of a page
   when it is made. A name where another speaker begins, her badge once a day, the clock once a quarter, a day on top. */
const QUARTER = 15;
const MARKS = ['named', 'badged', 'timed'];

const dayBefore = (day) => new Date(Date.parse(`${day}T12:00:00Z`) - 86400000).toISOString().slice(0, 10);
const spoken = (slot) => slot.querySelector(':scope > .piece:not(.removed)');
const timeOf = (slot) => spoken(slot)?.querySelector('.byline time');

function wordsFor(time, day, { today, sayToday, sayYesterday }) {
  if (day === today) return sayToday;
  return day === dayBefore(today) ? sayYesterday : time.dataset.day;
}

function write(slot, marks, words) {
  MARKS.forEach((name) => slot.classList.toggle(name, Boolean(marks[name])));
  let line = slot.querySelector(':scope > .day');
  if (!words) return void line?.remove();
  if (!line) {
    line = document.createElement('p');
    line.className = 'day';
    line.append(document.createElement('span'));
  }
  if (line.firstElementChild.textContent !== words) line.firstElementChild.textContent = words;
  if (slot.firstElementChild !== line) slot.prepend(line); // above a fold, which would hide it
}

export function layLines(root, list) {
  const slots = [...list.querySelectorAll(':scope > .slot')];
  let day = '';
  let speaker;
  let quarter;
  let badged = new Set();
  slots.forEach((slot) => {
    const at = timeOf(slot)?.dateTime.slice(0, 10) || '';
    if (at > root.dataset.today) root.dataset.today = at; // midnight has passed meanwhile
  });
  slots.forEach((slot) => {
    const time = timeOf(slot);
    if (!time) return void write(slot, {});
    const [at, clock] = time.dateTime.split('T');
    const begins = at !== day;
    const now = `${at} ${clock.slice(0, 2)} ${Math.floor(Number(clock.slice(3, 5)) / QUARTER)}`;
    const who = spoken(slot).dataset.by;
    if (begins) {
      day = at;
      speaker = undefined;
      badged = new Set();
    }
    const marks = { named: who !== speaker, badged: !badged.has(who), timed: now !== quarter };
    write(slot, marks, begins ? wordsFor(time, at, root.dataset) : '');
    quarter = now;
    badged.add(who);
    speaker = slot.querySelector(':scope > .fold') ? undefined : who;
  });
}
