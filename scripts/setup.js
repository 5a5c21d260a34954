/** Installs what is missing: npm packages, and with root on Debian the three browsers the tests use. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Runs a command with its output shown; ends the process with its status when it fails. */
export function run(command, args, { quiet = false, env = {} } = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Packages as the lock file says; nothing is done when they are there already. */
export function installPackages() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && sameVersions(installed)) return;
  console.log('Installing packages …');
  // Not `npm ci`: it refuses a lock file made where a registry lacks another platform's optional binaries.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    env: { ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
}

function sameVersions(installed) {
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' || optional || peer || have[path]?.version === version,
  );
}

/** Debian package → a file it brings. */
const browsers = {
  chromium: '/usr/bin/chromium',
  'firefox-esr': '/usr/bin/firefox-esr',
  'webkit2gtk-driver': '/usr/bin/WebKitWebDriver',
  xvfb: '/usr/bin/Xvfb',
};

/** Installs missing browsers where we may; elsewhere the tests say which engine they skipped. */
export function installBrowsers() {
  const missing = Object.keys(browsers).filter((name) => !existsSync(browsers[name]));
  if (missing.length === 0) return;
  const isDebian = existsSync('/usr/bin/apt-get');
  if (process.getuid?.() !== 0 || !isDebian) {
    console.log(
      `Not installed, and this needs root on Debian: ${missing.join(', ')}. Their tests will be skipped.`,
    );
    return;
  }
  console.log(`Installing ${missing.join(', ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], { quiet: true, env });
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing, 'fonts-dejavu'], {
    quiet: true,
    env,
  });
}
