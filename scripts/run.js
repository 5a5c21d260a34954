/** Runs a TypeScript file of this folder the way the page's code is built: `node scripts/run.js measure-models`. */
import { join } from 'node:path';
import { runnerImport } from 'vite';

const [, , name] = process.argv;
await runnerImport(join(import.meta.dirname, `${name}.ts`));
