/* The server writes whole times in the home's zone; of today's the clock is enough. The stamp carries the home's own
   offset, so its first letters are the home's day and hour, wherever the reader is. */
export function shortenTimes(root = document) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const found = time.dateTime.match(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*?([+-])(\d\d):(\d\d)$/);
    if (!found) continue;
    const [, day, clock, sign, hours, minutes] = found;
    const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60000;
    const today = new Date(Date.now() + offset).toISOString().slice(0, 10);
    if (day !== today || time.textContent === clock || time.closest('.member')) continue;
    time.title = time.title || time.textContent;
    time.textContent = clock;
  }
}
