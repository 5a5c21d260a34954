import { startChromium } from './chromium';
import type { Engine } from './engine';
import { startFirefox } from './firefox';
import { startWebKit } from './webkit';

/** How each engine is started; a start gives null where the browser is not installed. */
export const engines: readonly { name: Engine['name']; start: () => Promise<Engine | null> }[] = [
  { name: 'chromium', start: startChromium },
  { name: 'firefox', start: startFirefox },
  { name: 'webkit', start: startWebKit },
];
