import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { BrowserEnded, type Engine, type Page } from './engine';

const DRIVER = '/usr/bin/WebKitWebDriver';

/** WebKitWebDriver as it runs: where it listens, the X display its windows are on, and what was printed last. */
interface Driver {
  root: string;
  display: string;
  printed(): string;
}

/**
 * WebKitGTK in a private session under Xvfb, by plain WebDriver: no WebGPU, no JSPI, no Blobs in IndexedDB; the
 * nearest thing to an iPad. Null where it is not installed.
 */
export async function startWebKit(): Promise<Engine | null> {
  const browser = findMiniBrowser();
  if (!existsSync(DRIVER) || !existsSync('/usr/bin/Xvfb') || !browser) return null;
  const screen = spawn(
    'Xvfb',
    ['-displayfd', '3', '-noreset', '-screen', '0', '1500x1300x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const display = await displayOf(screen);
  const port = await freePort();
  const driver = spawn(DRIVER, [`--port=${port}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      DISPLAY: display,
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  });
  let printed = '';
  driver.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed = (printed + text).slice(-2000);
  });
  const root = `http://127.0.0.1:${port}`;
  await untilAnswers(root, driver);
  return {
    name: 'webkit',
    open: ({ width = 1180, height = 820 } = {}) =>
      openPage({ root, display, printed: () => printed }, browser, width, height),
    async close() {
      await ended(driver);
      await ended(screen);
    },
  };
}

async function openPage(driver: Driver, binary: string, width: number, height: number): Promise<Page> {
  const capabilities = {
    alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
  };
  const { sessionId } = (await call(driver, 'POST', '/session', { capabilities })) as { sessionId: string };
  const session = `/session/${sessionId}`;
  const ask = (method: string, path: string, body?: unknown) => call(driver, method, session + path, body);
  await ask('POST', '/timeouts', { script: 120_000, pageLoad: 60_000, implicit: 0 });
  await ask('POST', '/window/rect', { x: 0, y: 0, width, height: height + 60 });
  const actions = (steps: unknown[]) =>
    ask('POST', '/actions', {
      actions: [{ type: 'pointer', id: 'pen', parameters: { pointerType: 'mouse' }, actions: steps }],
    });
  const move = ([x, y]: readonly [number, number]) => ({
    ...{ type: 'pointerMove', duration: 0, origin: 'viewport' },
    ...{ x: Math.round(x), y: Math.round(y) },
  });
  return {
    go: async (url) => void (await ask('POST', '/url', { url })),
    reload: async () => void (await ask('POST', '/refresh', {})),
    async evaluate<T, A extends unknown[]>(use: (...args: A) => T | Promise<T>, ...args: A) {
      const script = `
        const done = arguments[arguments.length - 1];
        Promise.resolve().then(() => (${use.toString()})(...arguments[0])).then(
          (value) => done({ value }), (error) => done({ error: String(error && error.stack || error) }));`;
      const { value, error } = (await ask('POST', '/execute/async', { script, args: [args] })) as {
        value: T;
        error?: string;
      };
      if (error) throw new Error(error);
      return value;
    },
    async stroke(points) {
      const [first, ...rest] = points;
      if (!first) return;
      await actions([
        move(first),
        { type: 'pointerDown', button: 0 },
        ...rest.flatMap((point) => [move(point), { type: 'pause', duration: 8 }]),
        { type: 'pointerUp', button: 0 },
      ]);
    },
    async click(x, y) {
      await actions([move([x, y]), { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]);
    },
    async press(...keys) {
      const steps = keys.flatMap((key) => {
        const value = codes[key] ?? key;
        return [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ];
      });
      await ask('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions: steps }] });
    },
    // The driver's own screenshot hangs without compositing: the X window is taken instead.
    screenshot(path) {
      spawnSync('import', ['-display', driver.display, '-window', 'root', path]);
      return Promise.resolve();
    },
    close: async () => void (await ask('DELETE', '')),
  };
}

/**
 * Keys that are no characters.
 * @see https://www.w3.org/TR/webdriver2/#keyboard-actions
 */
const codes: Partial<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};

async function call(driver: Driver, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(driver.root + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
  if (value?.error === 'invalid session id') {
    const ended = new BrowserEnded('WebKitGTK', driver.printed());
    console.warn(ended.message);
    throw ended;
  }
  if (!response.ok) throw new Error(`${path}: ${value?.error ?? ''} ${value?.message ?? ''}`);
  return value;
}

function findMiniBrowser(): string | null {
  for (const folder of ['/usr/lib', '/usr/libexec']) {
    const found = existsSync(folder)
      ? readdirSync(folder, { withFileTypes: true })
          .flatMap(({ name }) => [
            `${folder}/${name}/webkit2gtk-4.1/MiniBrowser`,
            `${folder}/${name}/webkit2gtk-4.0/MiniBrowser`,
          ])
          .find((path) => existsSync(path))
      : undefined;
    if (found) return found;
  }
  return null;
}

/** The display that an X server chose, told once it can be used. */
async function displayOf(screen: ChildProcess): Promise<string> {
  for await (const line of createInterface(screen.stdio[3] as Readable)) return `:${line}`;
  throw new Error('Xvfb did not start.');
}

/** Ends a process, and waits until it is gone. */
async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = once(process, 'exit');
  process.kill();
  await exit;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function untilAnswers(root: string, driver: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100 && driver.exitCode === null; tries += 1) {
    try {
      await fetch(`${root}/status`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('WebKitWebDriver did not start.');
}
