/* On the pages of one's own data and one's books alone. */
import { startBook } from './book.js';
import { startMyData } from './mydata.js';

startBook();
startMyData();
