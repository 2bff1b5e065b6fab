/* Leave fast: the page is blank at once, signing out goes by beacon, and Back does not lead here again. */
import { stopReading } from './listen.js';

/* What this tab keeps for whoever is signed in (words waiting for a line) goes with her. */
function forget() {
  try { sessionStorage.clear(); } catch { /* it kept nothing */ }
}

export function startLeave() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.action.endsWith('/logout')) forget();
    if (!form.dataset.leave || form.closest('.member')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    stopReading();
    forget();
    document.documentElement.hidden = true;
    document.title = '…';
    navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form)));
    location.replace(form.dataset.leave);
  });
}
