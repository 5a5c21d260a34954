/** The words of one problem. */
interface Entry<D> {
  title: string;
  /** What happened, where, with the numbers expected and found. */
  text: (detail: D) => string;
  /** The way out. */
  todo: string | ((detail: D) => string);
}

/** The same words, with the type of the detail that they need. */
export function entry<D>(words: Entry<D>): Entry<D> {
  return words;
}
