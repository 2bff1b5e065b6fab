/* On every page. Each of these stands on a page that works without it. */
import { startChips } from './chips.js';
import { startDrafts } from './drafts.js';
import { startFocus } from './focus.js';
import { startGrow } from './grow.js';
import { house } from './house.js';
import { startIdle } from './idle.js';
import { startLeave } from './leave.js';
import { startListen } from './listen.js';
import { startMentions } from './mention.js';
import { startPasskeys } from './passkeys.js';
import { say } from './say.js';
import { startSmall } from './small.js';
import { startSwap, toSignIn } from './swap.js';
import { shortenTimes } from './times.js';

startLeave();
startDrafts();
startSwap();
startGrow();
startSmall();
startListen();
startPasskeys();
startMentions();
startChips();
shortenTimes();
startFocus();
startIdle();
Object.assign(house, { say, toSignIn, shortenTimes });
