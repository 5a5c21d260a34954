import { formatCount } from '../../core/format';
import { AppError } from '../../core/problem';

/** VerifiedNN's network has 101,770 numbers; this many would be a file of gigabytes. */
const MAX_ELEMENTS = 2 ** 26;

/** A `Matrix m n` or `Vector n`: its elements row-major; Lean's `Float` is a double. */
interface LeanDefinition {
  dims: readonly number[];
  elements: Float64Array<ArrayBuffer>;
}

/** What a Lean source defines, and the facts of its doc comment by the names VerifiedNN has for them. */
export interface LeanSource {
  definitions: Map<string, LeanDefinition>;
  metadata: Map<string, string | number>;
}

/**
 * Reads every `def … : Matrix m n` and `Vector n`; comments may stand anywhere, arms may be missing where the last
 * one answers for them. Throws `file_damaged` with the definition.
 */
export function parseLean(text: string, file: string): LeanSource {
  const code = blankComments(text);
  const damaged = (place: string, reason: string) => new AppError('file_damaged', { file, place, reason });
  const definitions = new Map<string, LeanDefinition>();
  const heads = [...code.matchAll(/\bdef\s+(\w+)\s*:\s*(?:Matrix\s+(\d+)\s+(\d+)|Vector\s+(\d+))\s*:=/g)];
  for (const head of heads) {
    const [whole, name = '', rows, columns, length] = head;
    const dims = length === undefined ? [Number(rows), Number(columns)] : [Number(length)];
    const count = dims.reduce((product, dim) => product * dim, 1);
    if (count > MAX_ELEMENTS) throw damaged(name, `it says it has ${formatCount(count)} numbers`);
    const start = head.index + whole.length;
    const end = /\n(def|end|theorem|namespace)\b/.exec(code.slice(start))?.index ?? code.length - start;
    const elements = readArms(code.slice(start, start + end), dims, (reason) => damaged(name, reason));
    definitions.set(name, { dims, elements });
  }
  checkUses(code, definitions, damaged);
  return { definitions, metadata: readMetadata(text) };
}

/** `| i, j => x`, and last `| _, _ => x` for all that are not named. */
function readArms(
  body: string,
  dims: readonly number[],
  damaged: (reason: string) => AppError,
): Float64Array<ArrayBuffer> {
  const [rows = 0, columns = 1] = dims;
  const elements = new Float64Array(rows * columns);
  const seen = new Uint8Array(rows * columns);
  const arm = /\|\s*(\d+|_)\s*(?:,\s*(\d+|_)\s*)?=>\s*\(?\s*([^\s()|]+)\s*\)?/g;
  for (const [, row = '', column, number = ''] of body.matchAll(arm)) {
    const value = NUMBER.test(number) ? Number(number) : NaN;
    if (Number.isNaN(value))
      throw damaged(`${number.slice(0, 40)} at ${row}, ${column ?? ''} is no number of Lean`);
    if ((column !== undefined) !== dims.length > 1)
      throw damaged(`an arm has ${column === undefined ? 'one index' : 'two indices'}`);
    if (row === '_') {
      for (let at = 0; at < elements.length; at++) if (seen[at] === 0) elements[at] = value;
      return elements;
    }
    const i = Number(row);
    const j = Number(column ?? 0);
    if (i >= rows || j >= columns)
      throw damaged(
        `it has a number at ${[row, column].filter(Boolean).join(', ')}, outside ${dims.join(' × ')}`,
      );
    const at = i * columns + j;
    if (seen[at] === 0) elements[at] = value;
    seen[at] = 1;
  }
  throw damaged('it ends before its last arm; the file is incomplete');
}

const NUMBER = /^-?\d+(\.\d*)?([eE][+-]?\d+)?$/;

/** The network must use what is defined, and its sizes must follow from one layer to the next. */
function checkUses(
  code: string,
  definitions: ReadonlyMap<string, LeanDefinition>,
  damaged: (place: string, reason: string) => AppError,
): void {
  let before: number | undefined;
  for (const [, layer = '', weights = '', bias = ''] of code.matchAll(
    /(\w+)\s*:=\s*\{\s*weights\s*:=\s*(\w+)\s*,\s*bias\s*:=\s*(\w+)\s*\}/g,
  )) {
    const matrix = definitions.get(weights)?.dims;
    const vector = definitions.get(bias)?.dims;
    for (const [name, dims] of [
      [weights, matrix],
      [bias, vector],
    ] as const) {
      if (!dims) throw damaged(layer, `it uses ${name}, which the file does not define`);
    }
    if (matrix?.[0] !== vector?.[0])
      throw damaged(
        layer,
        `${weights} has ${formatCount(matrix?.[0] ?? 0)} rows and ${bias} ${formatCount(vector?.[0] ?? 0)} numbers`,
      );
    if (before !== undefined && matrix?.[1] !== before)
      throw damaged(
        layer,
        `${weights} takes ${formatCount(matrix?.[1] ?? 0)} numbers; the layer before gives ${formatCount(before)}`,
      );
    before = matrix?.[0];
  }
  if (before === undefined) throw damaged('the end', 'it defines no trained model; the file is incomplete');
}

/** Spaces in place of comments, which nest, so that places stay where they are. */
function blankComments(text: string): string {
  let code = '';
  let depth = 0;
  let from = 0;
  for (const match of text.matchAll(/\/-|-\/|--[^\n]*/g)) {
    const [token] = match;
    if (token.startsWith('--')) {
      if (depth > 0 && token.includes('-/')) {
        const close = match.index + token.indexOf('-/');
        depth -= 1;
        if (depth === 0) from = close + 2;
      } else if (depth === 0) {
        code += text.slice(from, match.index) + ' '.repeat(token.length);
        from = match.index + token.length;
      }
    } else if (token === '/-') {
      if (depth === 0) code += text.slice(from, match.index);
      depth += 1;
      from = depth === 1 ? match.index : from;
    } else if (depth > 0) {
      depth -= 1;
      if (depth === 0) {
        code += ' '.repeat(match.index + 2 - from);
        from = match.index + 2;
      }
    }
  }
  return depth > 0 ? code : code + text.slice(from);
}

/** The bullets of the doc comment; numbers without their units. */
function readMetadata(text: string): Map<string, string | number> {
  const metadata = new Map<string, string | number>();
  const comment = /\/-!([^]*?)-\//.exec(text)?.[1] ?? '';
  const title = /^# Trained MNIST Model: (.*)$/m.exec(comment)?.[1];
  if (title !== undefined) metadata.set('name', title);
  for (const [, label = '', value = ''] of comment.matchAll(/^- \*\*([^*]+):\*\* (.*)$/gm)) {
    const key = names[label];
    if (key === undefined) continue;
    const number = /^(-?[\d.]+(?:e[+-]?\d+)?)\s*(%|samples)?$/.exec(value);
    metadata.set(key, number && key !== 'trainedOn' ? Number(number[1]) : value);
  }
  return metadata;
}

const names: Partial<Record<string, string>> = {
  Architecture: 'architecture',
  Epochs: 'epochs',
  'Learning rate': 'learningRate',
  'Dataset size': 'datasetSize',
  'Final training accuracy': 'finalTrainAcc',
  'Final test accuracy': 'finalTestAcc',
  'Final loss': 'finalLoss',
  Trained: 'trainedOn',
};
