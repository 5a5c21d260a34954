import { parser } from '@lezer/python';
import type { Ink, Stretch } from '../core/highlight';

/** Longer sources are shown plain: nobody reads them, and each stretch is an element on screen. */
const MOST_CHARACTERS = 200_000;

/** Where a Python source has comments, keywords, numbers, texts and names that are defined; none where it is long. */
export function highlight(text: string): Stretch[] {
  if (text.length > MOST_CHARACTERS) return [];
  const stretches: Stretch[] = [];
  parser.parse(text).iterate({
    enter({ name, from, to, node }) {
      const ink = inkOf(name, node.parent?.name ?? '');
      if (ink === null || to === from) return true;
      stretches.push({ from, to, ink });
      return false;
    },
  });
  return stretches;
}

function inkOf(name: string, parent: string): Ink | null {
  switch (name) {
    case 'Comment':
      return 'comment';
    case 'Number':
      return 'number';
    case 'String':
    case 'FormatString':
      return 'text';
    case 'Boolean':
    case 'None':
      return 'keyword';
    case 'VariableName':
      return parent === 'FunctionDefinition' || parent === 'ClassDefinition' ? 'name' : null;
    default:
      // The grammar names keywords by themselves.
      return /^[a-z]+$/.test(name) ? 'keyword' : null;
  }
}
