/* The open list of notifications: what was read elsewhere, or came meanwhile, shows; what has the focus keeps it. */
import { Idiomorph } from 'idiomorph';
import { whenTold } from './badge.js';
import { fragment, house } from './house.js';

export function startNotices(root) {
  whenTold(async () => {
    try {
      const answer = await fetch('/notifications', { headers: { 'X-Part': '1', 'X-By-Itself': '1' } });
      if (!answer.ok || answer.redirected) return;
      Idiomorph.morph(root, fragment(await answer.text()), { morphStyle: 'innerHTML' });
      house.shortenTimes(root);
    } catch {
      /* The next look shows it. */
    }
  });
}
