/* The row of channels scrolls inside itself: the one I am in is brought into sight, without moving the page. */
export function startChips() {
  const now = document.querySelector('.scroller [aria-current]');
  if (now) now.parentElement.scrollLeft = now.offsetLeft - now.parentElement.offsetLeft - 24;
}
