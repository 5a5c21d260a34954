/**
 * A pointing device on a screen of its own. What a debugger injects is not what a device sends: Chromium hands every
 * injected movement to the page at once, before frames and messages, and those of devices once a frame.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const DISPLAY = ':96';
const TOOLS = ['/usr/bin/Xvfb', '/usr/bin/xdotool'];

export interface PenDevice {
  /** The X display that shows the browser. */
  display: string;
  /** To a place on the screen, in its pixels; sent at once. */
  move(x: number, y: number): void;
  press(): void;
  lift(): void;
  close(): void;
}

/** Null where Xvfb or xdotool is not installed. */
export async function startPenDevice(): Promise<PenDevice | null> {
  if (!TOOLS.every((tool) => existsSync(tool))) return null;
  const screen = spawn('Xvfb', [DISPLAY, '-screen', '0', '1500x1300x24', '-nolisten', 'tcp'], {
    stdio: 'ignore',
  });
  const socket = `/tmp/.X11-unix/X${DISPLAY.slice(1)}`;
  for (let tries = 0; tries < 100 && !existsSync(socket); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const hand = spawn('xdotool', ['-'], {
    env: { ...process.env, DISPLAY },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const say = (line: string): void => void hand.stdin.write(`${line}\n`);
  return {
    display: DISPLAY,
    move: (x, y) => say(`mousemove ${Math.round(x)} ${Math.round(y)}`),
    press: () => say('mousedown 1'),
    lift: () => say('mouseup 1'),
    close() {
      hand.kill();
      screen.kill();
    },
  };
}
