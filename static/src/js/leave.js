/* Leave fast: the page is blank at once, signing out goes by beacon, and Back does not lead here again. */
import { stopReading } from './listen.js';

export function startLeave() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.dataset.leave || form.closest('.member')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    stopReading();
    document.documentElement.hidden = true;
    document.title = '…';
    navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form)));
    location.replace(form.dataset.leave);
  });
}
