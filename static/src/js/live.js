/* On every page somebody reads signed in: what happens elsewhere appears here. */
import { startFeed, startOlder } from './feed.js';
import { openLine } from './line.js';
import { startNotices } from './notices.js';
import { startQuote } from './quote.js';
import { startReview } from './review.js';
import { startStream } from './stream.js';

const stream = document.getElementById('stream');
const feed = document.getElementById('feed');
const notices = document.querySelector('#notices[data-live]');
if (notices) startNotices(notices);
startReview();
if (stream && !stream.hasAttribute('data-past')) {
  startStream(stream);
  startQuote();
} else if (!stream && feed) (feed.hasAttribute('data-older') ? startOlder : startFeed)(feed);
else openLine({});
