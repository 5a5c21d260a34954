/** What a key does in the picture of a graph. */
const keys = {
  f: 'find',
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Enter: 'activate',
  Backspace: 'leave',
  Escape: 'unselect',
  '+': 'larger',
  '=': 'larger',
  '-': 'smaller',
  '0': 'fit',
  '1': 'actual size',
  p: 'path',
  o: 'outline',
  Home: 'first',
  End: 'last',
} as const;

export type Command = (typeof keys)[keyof typeof keys];

/** What a key asks for; only F goes with Ctrl or Cmd too, in place of the browser's own search. */
export function commandOf({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): Command | null {
  const name = key === 'F' ? 'f' : key;
  if (altKey || ((ctrlKey || metaKey) && name !== 'f')) return null;
  return isKey(name) ? keys[name] : null;
}

/** Where letters are written, or keys are a dialog's. */
const WRITTEN_IN = 'input:not([type=radio], [type=checkbox]), textarea, select, dialog, [contenteditable]';

/** Whether a key pressed anywhere on the page asks to find, and nothing else takes it. */
export function isFindKey(event: KeyboardEvent): boolean {
  const { target, ctrlKey, metaKey, defaultPrevented } = event;
  if (defaultPrevented || ctrlKey || metaKey || commandOf(event) !== 'find') return false;
  return !(target instanceof Element && target.closest(WRITTEN_IN));
}

function isKey(name: string): name is keyof typeof keys {
  return Object.hasOwn(keys, name);
}
