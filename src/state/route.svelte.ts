/** The screen and what it shows, in the address: `#draw?ink=…`, `#library`, `#inspect/<id>`. */
export type Screen = 'draw' | 'library' | 'inspect' | 'convert';
const screens: readonly Screen[] = ['draw', 'library', 'inspect', 'convert'];

export class Route {
  screen = $state<Screen>('draw');
  id = $state<string | null>(null);
  #parameters = new URLSearchParams();

  constructor() {
    this.#read();
    addEventListener('hashchange', () => this.#read());
  }

  parameter(name: string): string | null {
    return this.#parameters.get(name);
  }

  /** Goes to a screen; the way back is the browser's. */
  go(screen: Screen, id: string | null = null): void {
    location.hash = href(screen, id);
  }

  /** Goes to a screen in place of where one is. */
  replace(screen: Screen, id: string | null = null): void {
    history.replaceState(history.state, '', href(screen, id));
    this.#read();
  }

  /** Keeps a parameter in the address of this screen without adding to the history. */
  keep(name: string, value: string | null): void {
    // The person may have gone on although the event that says so has not come yet.
    if (screenIn(location.hash) !== this.screen || this.parameter(name) === value) return;
    if (value === null) this.#parameters.delete(name);
    else this.#parameters.set(name, value);
    const text = this.#parameters.toString();
    history.replaceState(history.state, '', `${href(this.screen, this.id)}${text ? `?${text}` : ''}`);
  }

  #read(): void {
    const [path = '', query = ''] = location.hash.slice(1).split('?');
    const [, id] = path.split('/');
    this.screen = screenIn(location.hash);
    // An address of no screen shows the first; it is not left standing there as if it were one.
    if (path && !screens.some((each) => each === path.split('/')[0])) {
      history.replaceState(history.state, '', href(this.screen));
    }
    this.id = id ? decode(id) : null;
    this.#parameters = new URLSearchParams(query);
  }
}

/** The address of a screen. */
export function href(screen: Screen, id: string | null = null): string {
  return `#${screen}${id ? `/${encodeURIComponent(id)}` : ''}`;
}

/** What an address' part stands for; itself where somebody mistyped it. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function screenIn(hash: string): Screen {
  const [name] = hash.slice(1).split(/[/?]/);
  return screens.find((each) => each === name) ?? 'draw';
}
