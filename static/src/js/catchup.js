/* Exactly what was missed: one question at a time, asked again until nothing newer is known. A frame that arrives
   meanwhile may be newer than the answer on its way, so the highest number heard of decides, not the first answer. */
import { house } from './house.js';

export function catchUp(stream, cursor, take) {
  let highest = 0;
  let asking;
  let from = Infinity;

  async function once() {
    const after = Math.min(from, cursor.seq);
    from = Infinity;
    const answer = await fetch(`/streams/${stream}/since?after=${after}`, { headers: { Accept: 'application/json', 'X-Part': '1', 'X-By-Itself': '1' } });
    if (answer.status === 401 || (answer.redirected && new URL(answer.url).pathname === '/login')) return house.toSignIn();
    if (answer.status === 404) return void location.reload(); // a host took the whole of it out of sight meanwhile
    if (!answer.ok) throw new Error(String(answer.status));
    const news = await answer.json();
    take(news);
    const moved = news.seq > cursor.seq;
    cursor.seq = Math.max(cursor.seq, news.seq);
    return moved;
  }

  async function all() {
    let tries = 0;
    try {
      do {
        tries = (await once()) ? 0 : tries + 1;
        if (tries) await new Promise((done) => { setTimeout(done, 200 * tries); });
      } while ((cursor.seq < highest || from < Infinity) && tries < 4);
    } catch { /* no line: the next knock, frame or poll asks again from the same place */ }
    asking = undefined;
  }

  return {
    get busy() { return Boolean(asking); },
    heard(seq) { highest = Math.max(highest, seq); },
    ask(after = Infinity) {
      from = Math.min(from, after);
      asking = asking || all();
      return asking;
    },
  };
}
