/* The line "working now" goes from an open page when the shift ends. Counted from when the page was made, because a
   device's clock may be wrong. */
const LONGEST = 2 ** 31 - 1;

export function startWorking() {
  const line = document.querySelector('.topbar .working');
  if (line) setTimeout(() => line.remove(), Math.min(Number(line.dataset.left) * 1000, LONGEST));
}
