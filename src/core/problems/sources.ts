import { entry } from './entry';

/** Problems with Python sources, each at a line. */
export const sources = {
  python_syntax: entry<Source & { reason: string }>({
    title: 'This Python source cannot be read',
    text: (detail) => `${where(detail)}: ${detail.reason}.`,
    todo: 'Check the line; if Python itself takes it, please report it with the copied details.',
  }),
  python_unknown: entry<Source & { what: string }>({
    title: 'The source uses something Inkling does not know',
    text: (detail) => `${where(detail)}: ${detail.what}.`,
    todo: 'Write this line with what is known, or export the model from Python as TorchScript or ONNX.',
  }),
  python_error: entry<Source & { error: string; stack: readonly string[] }>({
    title: 'The source ends with an error',
    text: (detail) =>
      `${where(detail)}: ${detail.error}${detail.stack.length > 1 ? ` (${detail.stack.join(', called ')})` : ''}.`,
    todo: 'Python would end here as well, if it were given the same. Check the source and the values it is given.',
  }),
  python_limit: entry<Source & { what: string }>({
    title: 'The source asks for too much',
    text: (detail) => `${where(detail)}: ${detail.what}. No real model needs that.`,
    todo: 'The source may be endless or hostile. Nothing of it reached this page; check where it comes from.',
  }),
};

/** A line of a source, with its text. */
interface Source {
  file: string;
  line: number;
  column: number;
  text: string;
}

function where({ file, line, text }: Source): string {
  return `${file}, line ${line}${text ? ` (${text.length > 120 ? `${text.slice(0, 119)}…` : text})` : ''}`;
}
