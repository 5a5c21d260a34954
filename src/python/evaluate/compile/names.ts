import type { Expression } from '../../syntax';
import { firstGiven, type Value } from '../../values/object';
import type { Frame, Runtime } from '../frame';
import type { Assign, Compiler, Evaluate } from './compiler';
import type { Resolved, Scope } from './scope';

/** The value of a name. */
export function loadName(compiler: Compiler, node: Expression & { kind: 'name' }, scope: Scope): Evaluate {
  const { runtime, code } = compiler;
  const { id } = node;
  const found = scope.resolve(id);
  if (found.in === 'slot') return loadSlot(runtime, node, found);
  const global = (): Value => {
    const value = firstGiven(code.globals.get(id), runtime.builtin(id));
    if (value !== undefined) return value;
    runtime.at = node;
    throw runtime.error('NameError', `name '${id}' is not defined`);
  };
  if (found.in === 'module') {
    return () => {
      const value = code.globals.get(id);
      return value === undefined ? global() : value;
    };
  }
  const around = scope.resolveAround(id);
  const fallback = around.in === 'slot' ? loadSlot(runtime, node, around) : global;
  return (frame) => {
    const value = frame.names?.get(id);
    return value === undefined ? fallback(frame) : value;
  };
}

function loadSlot(
  runtime: Runtime,
  node: Expression & { kind: 'name' },
  { depth, slot }: Resolved & { in: 'slot' },
): Evaluate {
  const missing = () => {
    runtime.at = node;
    return depth === 0
      ? runtime.error(
          'UnboundLocalError',
          `cannot access local variable '${node.id}' where it is not associated with a value`,
        )
      : runtime.error(
          'NameError',
          `cannot access free variable '${node.id}' where it is not associated with a value in enclosing scope`,
        );
  };
  if (depth === 0) {
    return (frame) => {
      const value = frame.slots[slot];
      if (value === undefined) throw missing();
      return value;
    };
  }
  return (frame) => {
    const value = frameAt(frame, depth).slots[slot];
    if (value === undefined) throw missing();
    return value;
  };
}

function frameAt(frame: Frame, depth: number): Frame {
  let at = frame;
  for (let level = 0; level < depth && at.outer; level++) at = at.outer;
  return at;
}

/** Gives a name a value. */
export function storeName(compiler: Compiler, id: string, scope: Scope): Assign {
  const { runtime, code } = compiler;
  const found = scope.resolve(id);
  if (found.in === 'names') {
    return (frame, value) => {
      frame.names?.set(id, value);
    };
  }
  if (found.in === 'module') {
    return (frame, value) => {
      if (frame.names !== code.globals) checkBarrier(runtime, 0, id);
      code.globals.set(id, value);
    };
  }
  const { depth, slot } = found;
  if (depth === 0) {
    return (frame, value) => {
      frame.slots[slot] = value;
    };
  }
  return (frame, value) => {
    const target = frameAt(frame, depth);
    checkBarrier(runtime, target.born, id);
    target.slots[slot] = value;
  };
}

/** A name of another frame cannot change in a side of a branch that is not decided: the other side would see it. */
function checkBarrier(runtime: Runtime, born: number, id: string): void {
  if (born < runtime.barrier)
    throw runtime.unknown(
      `${id} changes in a branch that only running the model decides, which is not known here`,
    );
}

/** Takes a name away; one that is not there is a NameError, unless nobody minds. */
export function deleteName(
  compiler: Compiler,
  id: string,
  scope: Scope,
  isLenient = false,
): (frame: Frame) => void {
  const { runtime, code } = compiler;
  const found = scope.resolve(id);
  const missing = () => runtime.error('NameError', `name '${id}' is not defined`);
  if (found.in === 'slot') {
    return (frame) => {
      const { slots } = frameAt(frame, found.depth);
      if (slots[found.slot] === undefined && !isLenient) throw missing();
      slots[found.slot] = undefined;
    };
  }
  return (frame) => {
    const names = found.in === 'names' ? frame.names : code.globals;
    if (names?.delete(id) !== true && !isLenient) throw missing();
  };
}
