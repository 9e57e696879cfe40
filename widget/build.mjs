// Builds dist/: the panel first, whose name carries its hash, then the loader, which has to know that name.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const OUT = 'dist';
const LIMITS = { 'widget.js': 6 * 1024, panel: 19 * 1024 }; // bytes, gzip: 25 KB for all that opening loads

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
        preserveEntrySignatures: 'strict',
        output: { format, entryFileNames: fileName, ...(format === 'iife' ? { name: undefined } : {}) },
      },
      modulePreload: false,
    },
  };
}

function check(name, limit) {
  const content = readFileSync(`${OUT}/${name}`);
  const packed = gzipSync(content, { level: 9 });
  writeFileSync(`${OUT}/${name}.gz`, packed);
  console.log(`${name}  ${(packed.length / 1024).toFixed(1)} KB gzip`);
  if (packed.length > limit) throw new Error(`${name} is too heavy: ${packed.length} bytes gzip, at most ${limit}`);
}

rmSync(OUT, { recursive: true, force: true });
await build(library('src/panel/index.ts', 'es', 'assets/panel-[hash].js'));
const panel = readdirSync(`${OUT}/assets`).find((name) => name.startsWith('panel-') && name.endsWith('.js'));
await build(library('src/loader/index.ts', 'iife', 'widget.js', { define: { __PANEL__: JSON.stringify(panel) } }));
check('widget.js', LIMITS['widget.js']);
check(`assets/${panel}`, LIMITS.panel);
