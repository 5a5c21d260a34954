import type { GraphOutline } from '../core/outline';
import { formatShape, type Shape } from '../core/shape';
import { bareOperator } from './kinds';
import { wire } from './wiring';

/** Something found, and where to go for it. */
export interface Hit {
  kind: 'node' | 'value' | 'weight';
  /** The node to go to: itself, what gives the value, what takes the weight; -1 for an input of the graph. */
  node: number;
  /** The box to go to when it is no node: `i/image`. */
  box: string | null;
  title: string;
  detail: string;
}

/** Which kinds are looked for. */
export interface Scope {
  nodes: boolean;
  values: boolean;
  weights: boolean;
}

/** Finds in one graph; made once, asked for every letter that is typed. */
export interface Search {
  find(query: string, scope: Scope): Hit[];
}

interface Entry {
  hit: Hit;
  /** What a word may be part of, in small letters, one line a field. */
  text: string;
  /** What a quoted word must be. */
  exact: ReadonlySet<string>;
  /** Each as `x1x28x28x`. */
  shapes: readonly string[];
}

/**
 * A search over names, operators, attributes, dtypes and shapes. Every word must be found; `"quoted"` words must be
 * a whole name, operator, attribute or dtype; `1,28,28` and `1x28x28` are found in shapes that hold these dimensions.
 */
export function createSearch(outline: GraphOutline): Search {
  let entries: readonly Entry[] | null = null;
  return {
    find(query, scope) {
      const words = parseQuery(query);
      if (words.length === 0) return [];
      entries ??= listEntries(outline);
      const wanted = { node: scope.nodes, value: scope.values, weight: scope.weights };
      return entries
        .filter((entry) => wanted[entry.hit.kind] && words.every((word) => matches(entry, word)))
        .map(({ hit }) => hit);
    },
  };
}

type Word = { kind: 'part' | 'exact' | 'shape'; text: string };

/** The words of a query: quoted ones exact, numbers between commas or crosses a shape. */
export function parseQuery(query: string): Word[] {
  const words: Word[] = [];
  const joined = query.replace(/(?<=[\d?])\s*[×,]\s*(?=[\w?])/g, 'x');
  for (const [, quoted, plain = ''] of joined.matchAll(/"([^"]*)"?|(\S+)/g)) {
    if (quoted !== undefined) {
      if (quoted !== '') words.push({ kind: 'exact', text: quoted });
    } else if (/^\[?[\w?]+(x[\w?]+)+\]?$/i.test(plain) && /x\d|\dx/i.test(plain)) {
      words.push({ kind: 'shape', text: plain.replace(/[[\]]/g, '').toLowerCase() });
    } else words.push({ kind: 'part', text: plain.toLowerCase() });
  }
  return words;
}

function matches({ text, exact, shapes }: Entry, word: Word): boolean {
  if (word.kind === 'exact') return exact.has(word.text);
  if (word.kind === 'shape' && shapes.some((shape) => shape.includes(`x${word.text}x`))) return true;
  return text.includes(word.text);
}

function listEntries(outline: GraphOutline): Entry[] {
  const { takers, ends, wires } = wire(outline);
  const entries: Entry[] = [];
  for (const { index, name, operator, attributes, outputs } of outline.nodes) {
    const known = outputs.flatMap((output) => outline.values[output] ?? []);
    const shapes = known.map(({ shape }) => shape);
    entries.push(
      entry(
        {
          kind: 'node',
          node: index,
          box: null,
          title: bareOperator(operator),
          detail: name || (outputs[0] ?? ''),
        },
        [
          name,
          operator,
          bareOperator(operator),
          ...attributes.map((each) => each.name),
          ...known.map(({ dtype }) => dtype),
        ],
        attributes.map((each) => `${each.name}=${each.text}`),
        shapes,
      ),
    );
  }
  const firstTaker = new Map<number, number>();
  for (const { from, to } of wires) if (!firstTaker.has(from)) firstTaker.set(from, to);
  const seen = new Set<string>();
  const addValue = (value: string, node: number, box: string | null) => {
    if (value === '' || seen.has(value)) return;
    seen.add(value);
    const known = outline.values[value] ?? outline.inputs.find(({ name }) => name === value);
    const hit: Hit = {
      kind: 'value',
      node,
      box,
      title: value,
      detail: typeText(known?.dtype, known?.shape ?? null),
    };
    entries.push(entry(hit, [value, known?.dtype ?? ''], [], [known?.shape ?? null]));
  };
  ends.forEach((end, i) => {
    if (end.kind === 'input') addValue(end.name, -1, `i/${end.name}`);
    else if (end.kind === 'outer') addValue(end.name, firstTaker.get(i) ?? -1, `e/${end.name}`);
  });
  for (const { index, outputs } of outline.nodes) for (const value of outputs) addValue(value, index, null);
  for (const { name, dtype, dims } of outline.tensors) {
    const hit: Hit = {
      kind: 'weight',
      node: takers.get(name)?.[0] ?? -1,
      box: null,
      title: name,
      detail: typeText(dtype, dims),
    };
    entries.push(entry(hit, [name, dtype], [], [dims]));
  }
  return entries;
}

function entry(hit: Hit, exact: readonly string[], more: readonly string[], shapes: readonly Shape[]): Entry {
  return {
    hit,
    text: [...exact, ...more].join('\n').toLowerCase(),
    exact: new Set(exact),
    shapes: shapes.flatMap((shape) =>
      shape === null ? [] : [`x${shape.map((dim) => dim ?? '?').join('x')}x`.toLowerCase()],
    ),
  };
}

function typeText(dtype: string | undefined, shape: Shape): string {
  return [dtype, shape === null ? '' : formatShape(shape)].filter(Boolean).join('  ');
}
