/* A part of the page as it holds now, asked for by the page itself and not by whoever reads it (`X-By-Itself`: her time at
   a shared device goes on running out). Undefined where there is none: no line, signed out, an error, a whole page. */
import { fragment } from './house.js';

export async function part(url) {
  const answer = await fetch(url, { headers: { 'X-Part': '1', 'X-By-Itself': '1', Accept: 'text/html' } }).catch(() => undefined);
  const text = answer?.ok && !answer.redirected ? await answer.text() : '<!doctype';
  return /^\s*<!doctype/i.test(text) ? undefined : fragment(text.trim());
}
