/* What is pasted with its looks (from a page, a mail, a document) becomes what one could have typed here: links, bold,
   italics, lists and quotations as Markdown, everything else as plain words. It is read where nothing of it can run. */
import { fragment } from './house.js';
import { toolbarOf, write } from './marks.js';
import { tell } from './say.js';

const SKIP = 'script, style, head, title, template, noscript, svg, object, iframe';
const BLOCK = 'p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, pre, table, tr, section, article, header, footer, hr, dl, dt, dd, figure';
const WORTH_IT = 'a[href], b, strong, i, em, li, blockquote, [data-look*="font-weight"], [data-look*="font-style"]';
const SAFE = /^(https?:\/\/[^\s<>]+|mailto:[^\s<>]+)$/i;

/* Styles and handlers would be refused by the page's own rules, aloud; renamed they say nothing and are read all the
   same. */
const quiet = (html) => html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'/])style\s*=/gi, '$1data-look=').replace(/([\s"'/])on\w+\s*=/gi, '$1data-was='));
const look = (node, name) => node.dataset?.look?.match(new RegExp(`font-${name}\\s*:\\s*([\\w-]+)`, 'i'))?.[1].toLowerCase();

const heavy = (node) => {
  const weight = look(node, 'weight');
  return weight ? weight.startsWith('bold') || Number(weight) >= 600 : node.matches('b, strong');
};
const slanted = (node) => {
  const style = look(node, 'style');
  return style ? style === 'italic' || style === 'oblique' : node.matches('i, em');
};

/* A mark stands against the words, never against a space. */
function marked(text, mark) {
  const [, before, words, after] = text.match(/^(\s*)([\s\S]*?)(\s*)$/);
  return words && !words.includes('\n') ? `${before}${mark}${words}${mark}${after}` : text;
}

function linked(text, href) {
  const words = text.trim();
  if (!SAFE.test(href) || !words || words.includes('\n')) return text;
  const address = href.replace(/\(/g, '%28').replace(/\)/g, '%29');
  return words === href ? `<${href}>` : `[${words.replace(/[[\]]/g, '\\$&')}](${address})`;
}

const inside = (node, within) => [...node.childNodes].map((child) => words(child, within)).join('');
const indented = (text, first, rest) => text.trim().split('\n').map((line, number) => (number ? rest : first) + line).join('\n');

function item(node, within) {
  const parent = node.parentElement;
  const number = parent?.matches('ol') ? [...parent.children].filter((child) => child.matches('li')).indexOf(node) + (parent.start || 1) : 0;
  const sign = number ? `${number}. ` : '- ';
  return `${indented(inside(node, within).replace(/\n{2,}/g, '\n'), sign, ' '.repeat(sign.length))}\n`;
}

function words(node, within) {
  if (node.nodeType === Node.TEXT_NODE) return within.pre ? node.data : node.data.replace(/[\s\u00a0]+/g, ' ');
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(SKIP)) return '';
  if (node.matches('br')) return '\n';
  if (node.matches('td, th')) return `${inside(node, within).trim()} `;
  if (node.matches('li')) return item(node, within);
  if (node.matches('blockquote')) return `\n\n${indented(inside(node, within).replace(/\n{3,}/g, '\n\n'), '> ', '> ')}\n\n`;
  const strong = !within.strong && heavy(node) && !node.matches(BLOCK);
  const slant = !within.slant && slanted(node) && !node.matches(BLOCK);
  let text = inside(node, { strong: within.strong || strong, slant: within.slant || slant, pre: within.pre || node.matches('pre') });
  if (node.matches('a[href]')) text = linked(text, node.getAttribute('href'));
  if (slant) text = marked(text, '*');
  if (strong) text = marked(text, '**');
  if (node.matches('ul, ol')) return node.parentElement?.matches('li') ? `\n${text}` : `\n\n${text}\n`;
  return node.matches(BLOCK) ? `\n\n${text}\n\n` : text;
}

/* A div within a line ends it; a blank line stands between paragraphs, and nothing around all of it. */
const tidy = (text) => text.replace(/[ \t]+\n/g, '\n').replace(/\n[ \t]+(?=\S)(?![-\d>])/g, '\n').replace(/\n{3,}/g, '\n\n').trim();

export function fromHtml(html) {
  const content = fragment(quiet(html)); // it stays in a document of its own: taken into this one, its pictures would load
  return content.querySelector(WORTH_IT) ? tidy(inside(content, {})) : '';
}

export function startPaste() {
  document.addEventListener('paste', (event) => {
    const field = event.target;
    const toolbar = field.matches?.('textarea') && toolbarOf(field);
    if (!toolbar || !event.clipboardData) return;
    const plain = event.clipboardData.getData('text/plain');
    const html = event.clipboardData.getData('text/html');
    if (event.defaultPrevented) return; // pictures: photos.js has them
    if (event.clipboardData.files.length && !plain) {
      event.preventDefault();
      return void tell(field.form, toolbar.dataset.noFiles);
    }
    const text = html && fromHtml(html);
    if (!text || text === plain.trim()) return;
    event.preventDefault();
    write(field, text);
  });
  /* A file let fall on the field would take the place of the page, and of what was being written there. */
  for (const name of ['dragover', 'drop']) {
    document.addEventListener(name, (event) => {
      const toolbar = event.target.matches?.('textarea') && toolbarOf(event.target);
      if (event.defaultPrevented || !toolbar || ![...event.dataTransfer?.types || []].includes('Files')) return;
      event.preventDefault();
      if (name === 'drop') tell(event.target.form, toolbar.dataset.noFiles);
    });
  }
}
