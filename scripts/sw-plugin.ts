import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Files of the build that the service worker does not store ahead: runtimes are stored as they are loaded. */
const NOT_SHELL = /\.wasm$|\.map$|^sw\.js$|^_headers$/;

/** Writes the list of the shell's files, and a version that changes with any of them, into `sw.js`. */
export function serviceWorker(): Plugin {
  let publicDir = '';
  return {
    name: 'inkling-service-worker',
    apply: 'build',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const hash = createHash('sha256');
        const files: string[] = [];
        for (const [name, item] of Object.entries(bundle).sort(([a], [b]) => a.localeCompare(b))) {
          if (NOT_SHELL.test(name)) continue;
          files.push(name);
          hash.update(name).update(item.type === 'chunk' ? item.code : item.source);
        }
        for (const name of readdirSync(publicDir, { recursive: true, withFileTypes: true })) {
          const path = join(name.parentPath, name.name);
          const relative = path.slice(publicDir.length + 1).replaceAll('\\', '/');
          if (!name.isFile() || NOT_SHELL.test(relative)) continue;
          files.push(relative);
          hash.update(relative).update(readFileSync(path));
        }
        const worker = bundle['sw.js'];
        if (worker?.type !== 'chunk') this.error('The build made no sw.js.');
        const shell = {
          version: hash.digest('hex').slice(0, 12),
          files: ['./', ...files.filter((f) => f !== 'index.html')],
        };
        worker.code = worker.code.replaceAll('__SHELL__', JSON.stringify(shell));
      },
    },
  };
}
