/* A chat's page, and the list of chats. In a file of its own, so that other pages do not carry it. */
import { startChat } from './chat.js';
import { startChats } from './chats.js';
import { startQuote } from './quote.js';
import { startReview } from './review.js';

startReview();
const list = document.getElementById('chat-list');
if (list) startChats(list);
else {
  startChat(document.getElementById('stream'));
  startQuote();
}
