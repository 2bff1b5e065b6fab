/* On pages with a conversation or a feed: what happens elsewhere appears here. */
import { startFeed } from './feed.js';
import { startQuote } from './quote.js';
import { startStream } from './stream.js';

const stream = document.getElementById('stream');
const feed = document.getElementById('feed');
if (stream) startStream(stream);
if (stream) startQuote();
if (feed) startFeed(feed);
