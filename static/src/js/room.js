/* A chat's page. In a file of its own, so that other pages do not carry it. */
import { startChat } from './chat.js';
import { startQuote } from './quote.js';
import { startReview } from './review.js';

startReview();
startChat(document.getElementById('stream'));
startQuote();
