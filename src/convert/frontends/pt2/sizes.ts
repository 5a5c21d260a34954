import { fieldOf } from '../../../core/json';
import { Gap } from '../../gap';
import type { Size } from '../../tape/size';
import { floorDivide, larger, minus, modulo, plus, smaller, symbol, times } from '../../tape/symint';

/** What the symbols of an exported program stand for. */
export type Symbols = ReadonlyMap<string, Size>;

/**
 * A size as an exported program writes it: `{ as_int }`, or `{ as_expr }` over symbols. Throws a `Gap` for an
 * expression that cannot be read.
 */
export function sizeOf(value: unknown, symbols: Symbols): Size {
  const number = fieldOf(value, 'as_int');
  if (typeof number === 'number') return number;
  const text = fieldOf(fieldOf(value, 'as_expr'), 'expr_str');
  if (typeof text !== 'string') throw new Gap('a size is neither a number nor an expression');
  return parse(text, symbols);
}

/** The name of a size that is one symbol; `null` for anything else. */
export function symbolOf(value: unknown): string | null {
  const text = fieldOf(fieldOf(value, 'as_expr'), 'expr_str');
  return typeof text === 'string' && /^[A-Za-z_]\w*$/.test(text) ? text : null;
}

/** The number that a size had when the program was exported; `null` where it does not say. */
export function hintOf(value: unknown): number | null {
  const hint = fieldOf(fieldOf(fieldOf(value, 'as_expr'), 'hint'), 'as_int');
  return typeof hint === 'number' ? hint : null;
}

/** Expressions of programs that people export have some ten signs; brackets in brackets are read by recursion. */
const MAX_LENGTH = 1000;

/** Reads sums, products, quotients, and calls of `Mod`, `Max`, `Min`, `FloorDiv` as SymPy prints them. */
function parse(text: string, symbols: Symbols): Size {
  const tokens = text.match(/\d+|[A-Za-z_][\w.]*|\/\/|\*\*|[-+*/%(),]/g) ?? [];
  let at = 0;
  const next = () => tokens[at];
  const refuse = () => new Gap(`the size ${text.slice(0, 80)} cannot be read`);
  if (text.length > MAX_LENGTH) throw refuse();
  const take = (token: string) => {
    if (tokens[at++] !== token) throw refuse();
  };
  const result = sum();
  if (at !== tokens.length) throw refuse();
  return result;

  function sum(): Size {
    let value = product();
    while (next() === '+' || next() === '-')
      value = tokens[at++] === '+' ? plus(value, product()) : minus(value, product());
    return value;
  }

  function product(): Size {
    let value = factor();
    for (
      let token = next();
      token === '*' || token === '//' || token === '%' || token === '**';
      token = next()
    ) {
      at += 1;
      const right = factor();
      if (token === '*') value = times(value, right);
      else if (token === '//') value = floorDivide(value, right);
      else if (token === '%') value = modulo(value, right);
      else value = power(value, right);
    }
    return value;
  }

  function power(base: Size, exponent: Size): Size {
    if (typeof exponent !== 'number' || exponent < 0 || exponent > 8) throw refuse();
    return Array.from({ length: exponent }, () => base).reduce<Size>(times, 1);
  }

  function factor(): Size {
    const token = tokens[at++] ?? '';
    if (/^\d+$/.test(token)) return Number(token);
    if (token === '-') return times(factor(), -1);
    if (token === '(') {
      const value = sum();
      take(')');
      return value;
    }
    if (!/^[A-Za-z_]/.test(token)) throw refuse();
    if (next() !== '(') return symbols.get(token) ?? symbol(token);
    at += 1;
    const args = [sum()];
    while (next() === ',') {
      at += 1;
      args.push(sum());
    }
    take(')');
    const call = calls.get(token.split('.').at(-1) ?? '');
    if (call === undefined || args.length < 2) throw refuse();
    return args.reduce((a, b) => call(a, b));
  }
}

const calls = new Map<string, (a: Size, b: Size) => Size>(
  Object.entries({
    ...{ Mod: modulo, PythonMod: modulo, FloorDiv: floorDivide, CleanDiv: floorDivide },
    ...{ Max: larger, Min: smaller },
  }),
);
