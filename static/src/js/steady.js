/* Nothing a person reads or writes in moves because something arrives: note where it stands, change, scroll by the
   difference. What counts is the field being written in, else the first thing in sight. */
function anchor(items) {
  const held = document.activeElement;
  /* What stands at the edge of the screen does not move with the page. */
  const box = held && held !== document.body && !held.closest('.chat-foot, .chat-head') && held.getBoundingClientRect();
  if (box && box.bottom > 0 && box.top < innerHeight) return held;
  const bar = document.querySelector('.topbar')?.offsetHeight || 0;
  return [...items()].find((item) => item.getBoundingClientRect().bottom > bar);
}

export function steady(items, change) {
  const kept = anchor(items);
  const before = kept?.getBoundingClientRect().top;
  change();
  if (!kept?.isConnected) return;
  const moved = kept.getBoundingClientRect().top - before;
  if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: 'instant' });
}
