// Builds dist/: the panel first, whose name carries its hash, then the loader, which has to know that name.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const OUT = 'dist';
const LIMITS = { tag: 6 * 1024, opening: 25 * 1024, onDemand: 5 * 1024 }; // bytes, gzip; opening loads tag and panel

const common = {
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
};

/** The indentation of style sheets, which nobody reads in the build. */
function plainStyles() {
  return {
    name: 'plain-styles',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.css?inline')) return null;
      const text = code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ').replace(/ ?([{};,>]) ?/g, '$1').trim();
      return { code: text, map: null };
    },
  };
}

function library(entry, format, fileName, more = {}) {
  return {
    ...common,
    ...more,
    plugins: [plainStyles()],
    build: {
      outDir: OUT,
      emptyOutDir: false,
      target: 'es2022',
      minify: true,
      reportCompressedSize: false,
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'allow-extension',
        output: { format, entryFileNames: fileName, chunkFileNames: 'assets/[name]-[hash].js', ...(format === 'iife' ? { name: undefined } : {}) },
      },
      modulePreload: false,
    },
  };
}

/** Packs a file; returns its size. */
function pack(name) {
  const packed = gzipSync(readFileSync(`${OUT}/${name}`), { level: 9 });
  writeFileSync(`${OUT}/${name}.gz`, packed);
  console.log(`${name}  ${(packed.length / 1024).toFixed(1)} KB gzip`);
  return packed.length;
}

function check(what, size, limit) {
  if (size > limit) throw new Error(`${what} is too heavy: ${size} bytes gzip, at most ${limit}`);
}

rmSync(OUT, { recursive: true, force: true });
await build(library('src/panel/index.ts', 'es', 'assets/panel-[hash].js'));
const panel = readdirSync(`${OUT}/assets`).find((name) => name.startsWith('panel-') && name.endsWith('.js'));
await build(library('src/loader/index.ts', 'iife', 'widget.js', { define: { __PANEL__: JSON.stringify(panel) } }));
const scripts = readdirSync(`${OUT}/assets`).map((name) => `assets/${name}`);
const tag = pack('widget.js');
const size = Object.fromEntries(scripts.map((name) => [name, pack(name)]));
const { [`assets/${panel}`]: opened, ...others } = size;
check('widget.js', tag, LIMITS.tag);
check('opening the chat', tag + opened, LIMITS.opening);
for (const [name, bytes] of Object.entries(others)) check(name, bytes, LIMITS.onDemand);
