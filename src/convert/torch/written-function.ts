import {
  NativeFunction,
  PyList,
  PyTuple,
  type Keywords,
  type Machine,
  type PyFunction,
  type Value,
} from '../../python';

/** A function of torch that is written in Python, which can be given the tensors that its results are written to. */
export class WrittenFunction extends NativeFunction {
  readonly written: PyFunction;

  constructor(name: string, written: PyFunction) {
    super(name, '*args, **keywords', (machine, args, keywords) =>
      called(
        machine,
        written,
        args.map((value) => value ?? null),
        keywords,
      ),
    );
    this.written = written;
  }
}

function called(machine: Machine, written: PyFunction, args: readonly Value[], keywords: Keywords): Value {
  const out = keywords.get('out') ?? null;
  if (out === null) return machine.call(written, args, keywords);
  const others = new Map([...keywords].filter(([name]) => name !== 'out'));
  const result = machine.call(written, args, others);
  for (const [at, target] of itemsOf(out).entries())
    machine.callMethod(target, 'copy_', [itemsOf(result)[at] ?? null]);
  return out;
}

function itemsOf(value: Value): readonly Value[] {
  return value instanceof PyTuple || value instanceof PyList ? value.items : [value];
}
