/** A tensor that writes down what is done with it, and programs that are run on it. */
import { describe as words } from '../../src/core/describe';
import { toProblem } from '../../src/core/problem';
import {
  createPython,
  Foreign,
  NativeFunction,
  PyModule,
  PyTuple,
  type Hooks,
  type Keywords,
  type Machine,
  type Value,
} from '../../src/python';
import type { BinaryOperator, CompareOperator } from '../../src/python/syntax';

/** A value that writes down what is done with it. */
export class Symbolic extends Foreign {
  readonly typeName = 'Tensor';
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override getAttribute(_machine: Machine, name: string): Value | undefined {
    if (name === 'shape') return new PyTuple([2n, 3n]);
    if (name.startsWith('__')) return undefined;
    return new NativeFunction(name, '*args, **keywords', (machine, args, keywords: Keywords) => {
      const named = [...keywords].map(([key, value]) => `${key}=${machine.repr(value)}`);
      return new Symbolic(
        `${this.text}.${name}(${[...args.map((one = null) => machine.repr(one)), ...named].join(', ')})`,
      );
    });
  }

  override binary(machine: Machine, op: BinaryOperator, other: Value, reflected: boolean): Value {
    const shown = machine.repr(other);
    return new Symbolic(reflected ? `(${shown} ${op} ${this.text})` : `(${this.text} ${op} ${shown})`);
  }

  override compare(machine: Machine, op: CompareOperator, other: Value): Value {
    return new Symbolic(`(${this.text} ${op} ${machine.repr(other)})`);
  }

  override unary(_machine: Machine, op: string): Value {
    return new Symbolic(`(${op}${this.text})`);
  }

  override not(): Value {
    return new Symbolic(`(not ${this.text})`);
  }

  override getItem(machine: Machine, key: Value): Value {
    return new Symbolic(`${this.text}[${machine.repr(key)}]`);
  }

  override iterate(): Iterable<Value> | null {
    return this.text === 'endless'
      ? null
      : [new Symbolic(`${this.text}[0]`), new Symbolic(`${this.text}[1]`)];
  }

  override truth(): null {
    return null;
  }

  override repr(): string {
    return this.text;
  }
}

/** What was done with a value, as text. */
export function symbolic(value: Value | undefined): string {
  if (value instanceof Symbolic) return value.text;
  if (value instanceof PyTuple) return value.items.map(symbolic).join(',');
  return value === undefined ? '' : createPython({}).machine.repr(value);
}

/** Calls a function of a source with values. */
export function call(text: string, name: string, args: Value[], hooks: Hooks = {}): Value {
  const python = createPython({ sources: [{ file: 'net.py', text }], modules: torch, hooks });
  const module = python.load('net');
  return python.run((machine) => machine.call(machine.getAttribute(module, name), args));
}

/** As much of torch as the programs import. */
export function torch(name: string): PyModule | { file: string; text: string } | null {
  if (name === 'torch.nn')
    return {
      file: 'torch/nn.py',
      text: 'class Module:\n  def __call__(self, *a):\n    return self.forward(*a)\n',
    };
  if (name !== 'torch') return null;
  const relu = new NativeFunction(
    'relu',
    'input, inplace?',
    (_, [input]) => new Symbolic(`relu(${symbolic(input)})`),
  );
  return new PyModule('torch', [
    ['relu', relu],
    ['float32', new Symbolic('float32')],
  ]);
}

/** What a program is called with. */
export const x = () => new Symbolic('x');

/** What the catalogue says of what goes wrong. */
export function said(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return words(toProblem(error)).text;
  }
  return 'nothing went wrong';
}
