/* Pictures open as large as the screen, and move when they are pressed. What does it (viewer.js) comes with the first
   press, because most pages are read without one; until then, and without it, a picture is a link to its own page. */
import { fromMember, house } from './house.js';

const PRESSED = ['a[data-picture]', 'a[data-move]', 'a[data-large]'].map((link) => `[data-pictures] ${link}`).join();

export function startPictures() {
  document.addEventListener('click', async (event) => {
    const link = event.target.closest?.(PRESSED);
    const source = document.getElementById('viewer')?.dataset.src;
    if (!link || !source || fromMember(link) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    try {
      if (!house.viewer) await import(source);
      house.viewer(link);
    } catch { location.assign(link.href); }
  });
}
