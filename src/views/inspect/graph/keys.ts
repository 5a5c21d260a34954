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

function isKey(name: string): name is keyof typeof keys {
  return Object.hasOwn(keys, name);
}
