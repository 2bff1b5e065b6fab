/* What I muted is folded when it arrives, as the server folds it when the page is made (streams/muted.py): whole words,
   case and accents aside, with å, ä and ö as letters of their own. What I have opened stays open. */
const folded = (char) => ('åäö'.includes(char) ? char : char.normalize('NFKD').replace(/\p{M}/gu, ''));
const compared = (text) => ([...text.normalize('NFC').toLowerCase().replace(/ß/g, 'ss')].map(folded).join('')
  .match(/[\p{L}\p{N}]+/gu) || []).join(' ');

export function foldFor({ muted = {} }) {
  const people = new Set((muted.people || []).map((id) => `/people/${id}`));
  const words = (muted.words || []).map((word) => ` ${word} `);
  const seen = new WeakMap();

  function why(piece) {
    if (people.has(piece.querySelector('.byline a.who')?.getAttribute('href'))) return 'person';
    if (!words.length) return '';
    const text = ` ${compared([...piece.querySelectorAll('.piece-title, .prose')].map((part) => part.textContent).join('\n'))} `;
    return words.some((word) => text.includes(word)) ? 'word' : '';
  }

  return (slot, isMine) => {
    if (!people.size && !words.length) return;
    const piece = slot.querySelector('.piece');
    if (!piece || seen.get(slot) === slot.dataset.seq + isMine) return;
    seen.set(slot, slot.dataset.seq + isMine);
    const wanted = isMine || piece.matches('.removed') ? '' : why(piece);
    const now = slot.querySelector(':scope > .fold');
    if ((now?.dataset.fold || '') === wanted) return;
    now?.remove();
    const model = wanted && document.getElementById(`fold-${wanted}`);
    if (model) slot.prepend(model.content.cloneNode(true));
  };
}
