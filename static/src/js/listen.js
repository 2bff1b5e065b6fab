/* A post read aloud by the device itself. Where the device cannot, the button is not there. */
import { fromMember } from './house.js';

const voice = window.speechSynthesis;
let reading;

export function stopReading() {
  reading = undefined;
  voice?.cancel();
}

/* What is read: the title and the text as they stand there now, each in the language it was written in; of a folded
   text its heads-up; of pictures what they show, where somebody has said it. */
const wordsOf = (slot) => [...slot.querySelectorAll('.piece .piece-title, .piece .folded > summary, .piece .prose, .piece .pictures img:not(.moving)')]
  .filter((part) => !part.matches('.folded:not([open]) > :not(summary)'))
  .map((part) => [part.alt ?? part.innerText.trim(), part.closest('[lang]').lang])
  .filter(([text]) => text);

function read(slot) {
  const again = reading === slot;
  stopReading();
  if (again) return;
  reading = slot;
  const parts = wordsOf(slot).map(([text, lang]) => Object.assign(new SpeechSynthesisUtterance(text), { lang }));
  parts.forEach((part) => {
    part.onend = part.onerror = () => { if (part === parts.at(-1) && reading === slot) reading = undefined; };
    voice.speak(part);
  });
}

export function startListen() {
  if (!voice || !window.SpeechSynthesisUtterance) return;
  document.documentElement.classList.add('can-listen');
  document.addEventListener('click', ({ target }) => {
    const slot = !fromMember(target) && target.closest('button[data-listen]')?.closest('.slot');
    if (slot) read(slot);
  });
  addEventListener('pagehide', stopReading);
}
