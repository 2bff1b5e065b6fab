/* Builds what the browser loads: npm packages and static/src become hashed files in static/dist. */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const src = join(here, 'src');
const dist = join(here, 'dist');
const lucide = join(here, '..', 'node_modules', 'lucide-static', 'icons');
const manifest = {};

const inner = (svg) => svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '')
  .replace(/<!--[\s\S]*?-->/g, '').replace(/\s*\n\s*/g, '').replace(/\s+\/>/g, '/>');

async function save(name, text) {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const dot = name.lastIndexOf('.');
  const hashed = `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
  await writeFile(join(dist, hashed), text);
  manifest[name] = hashed;
}

async function sprite(name, viewBox, files) {
  const symbols = await Promise.all(files.map(async (file) => {
    const body = inner(await readFile(file, 'utf8'));
    return `<symbol id="${basename(file, '.svg')}" viewBox="${viewBox}">${body}</symbol>`;
  }));
  await save(name, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`);
}

/* The dark set is written once, for data-theme="dark"; whoever's device asks for dark gets the same one. */
const darkTwice = {
  name: 'dark-twice',
  setup(bundle) {
    bundle.onLoad({ filter: /tokens\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      const dark = css.match(/:root\[data-theme="dark"\]\s*(\{[^}]*\})/)[1];
      const byDevice = `@media (prefers-color-scheme:dark){:root:not([data-theme="light"])${dark}}`;
      return { contents: css + byDevice, loader: 'css' };
    });
  },
};

async function bundles() {
  const { metafile } = await build({
    entryPoints: [
      ...['enhance', 'live', 'room', 'made', 'photos', 'viewer'].map((name) => join(src, 'js', `${name}.js`)),
      ...['app', 'room', 'viewer', 'photo', 'memories', 'books', 'desk'].map((name) => join(src, 'css', `${name}.css`)),
    ],
    outdir: dist, entryNames: '[name]-[hash]', assetNames: '[name]-[hash]', metafile: true,
    bundle: true, minify: true, format: 'iife', legalComments: 'none', target: 'es2020',
    loader: { '.woff2': 'file' }, plugins: [darkTwice], logLevel: 'warning',
  });
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (output.entryPoint) manifest[basename(output.entryPoint)] = basename(path);
  }
}

/* The letters a memory book is set in: fonts of the house for paper, and what they lack, script by script. */
const bookFonts = {
  body: 'atkinson-hyperlegible-next/latin-400-normal', 'body-bold': 'atkinson-hyperlegible-next/latin-700-normal',
  'body-italic': 'atkinson-hyperlegible-next/latin-400-italic', 'body-ext': 'atkinson-hyperlegible-next/latin-ext-400-normal',
  display: 'bricolage-grotesque/latin-600-normal', 'display-ext': 'bricolage-grotesque/latin-ext-600-normal',
  greek: 'noto-sans/greek-400-normal', 'greek-ext': 'noto-sans/greek-ext-400-normal',
  cyrillic: 'noto-sans/cyrillic-400-normal', 'cyrillic-ext': 'noto-sans/cyrillic-ext-400-normal',
  vietnamese: 'noto-sans/vietnamese-400-normal', arabic: 'noto-sans-arabic/arabic-400-normal',
  hebrew: 'noto-sans-hebrew/hebrew-400-normal', ethiopic: 'noto-sans-ethiopic/ethiopic-400-normal',
  emoji: 'noto-emoji/emoji-400-normal',
};
const onScreen = ['body', 'body-bold', 'body-italic', 'display'];

async function letters() {
  const packages = join(here, '..', 'node_modules', '@fontsource');
  await mkdir(join(dist, 'book'), { recursive: true });
  const copies = Object.entries(bookFonts).flatMap(([name, where]) => ['woff', 'woff2']
    .filter((kind) => kind === 'woff' || onScreen.includes(name))
    .map((kind) => {
      const [family, cut] = where.split('/');
      return copyFile(join(packages, family, 'files', `${family}-${cut}.${kind}`), join(dist, 'book', `${name}.${kind}`));
    }));
  await Promise.all(copies);
}

const avatars = (await readdir(join(src, 'avatars'))).sort().map((file) => join(src, 'avatars', file));
const icons = JSON.parse(await readFile(join(src, 'icons.json'), 'utf8')).map((name) => join(lucide, `${name}.svg`));

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([
  bundles(),
  letters(),
  sprite('sprite.svg', '0 0 24 24', [...icons, join(src, 'brand.svg')]),
  sprite('avatars.svg', '0 0 64 64', avatars),
  readFile(join(src, 'icon.svg'), 'utf8').then((text) => save('icon.svg', text)),
]);
/* Last and in one step: a server that starts during the build sees the old manifest or the whole new one. */
await writeFile(join(dist, 'manifest.new'), JSON.stringify(manifest, null, 2));
await rename(join(dist, 'manifest.new'), join(dist, 'manifest.json'));
