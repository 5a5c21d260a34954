import { NativeFunction, PyDict, PyTuple, type Machine, type Value } from '../../python';
import type { Tape } from '../tape';
import { ownPath } from './place';

/** What the base of all modules asks of us: `torch._native`. */
export function nativeMembers(tape: Tape): [string, Value][] {
  const open: string[] = [];
  return [
    [
      'call_module',
      new NativeFunction(
        'call_module',
        'module, args, keywords',
        (machine, [module = null, args, keywords]) => {
          const path = ownPath(module);
          const run = () => callForward(machine, module, args, keywords);
          if (path === undefined) return run();
          const around = open.at(-1) ?? '';
          open.push(path);
          try {
            return tape.scope(path.startsWith(`${around}.`) ? path.slice(around.length + 1) : path, run);
          } finally {
            open.pop();
          }
        },
      ),
    ],
  ];
}

function callForward(machine: Machine, module: Value, args: Value = null, keywords: Value = null): Value {
  return machine.callMethod(module, '_run', [
    args instanceof PyTuple ? args : new PyTuple(),
    keywords instanceof PyDict ? keywords : new PyDict(),
  ]);
}
