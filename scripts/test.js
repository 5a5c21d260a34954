/**
 * `npm test`: installs what is missing, then checks, builds, and tests: units in Node, the page in three real
 * browsers. Ends with one line that counts it all. Long campaigns are commands of their own (see CONTRIBUTING.md).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installBrowsers, installPackages, run } from './setup.js';

const root = join(import.meta.dirname, '..');
const counts = { passed: 0, failed: 0, skipped: 0 };

installPackages();
installBrowsers();
run('npm', ['run', '-s', 'check']);
run('npm', ['run', '-s', 'build', '--', '--logLevel', 'warn']);
run('npm', ['run', '-s', 'size']);
vitest('units', []);
vitest('the page in real browsers', ['--config', 'vitest.e2e.config.ts']);
const { passed, failed, skipped } = counts;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

/** Runs a suite with its output shown, and adds its figures; a suite that dies counts as a failure. */
function vitest(what, args) {
  console.log(`\nTesting ${what}`);
  const file = join(mkdtempSync(join(tmpdir(), 'inkling-')), 'result.json');
  const { status } = spawnSync(
    'npx',
    ['vitest', 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    counts.passed += result.numPassedTests;
    counts.failed += result.numFailedTests;
    counts.skipped += result.numPendingTests + result.numTodoTests;
    if (status !== 0 && result.numFailedTests === 0) counts.failed += 1;
  } catch {
    counts.failed += 1;
  }
}
