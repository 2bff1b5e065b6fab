/* A row of channels or tags scrolls inside itself: the one I am in is brought into sight, without moving the page. */
export function startChips() {
  document.querySelectorAll('.scroller [aria-current]').forEach((now) => {
    now.parentElement.scrollLeft = now.offsetLeft - now.parentElement.offsetLeft - 24;
  });
}
