import type { Foreign } from '../../values/foreign';
import { nextSerial, type Value } from '../../values/object';
import { Raised } from '../../values/raised';
import type { Frame, Runtime } from '../frame';
import type { Branch, Ending, Loop, Outcome } from '../hooks';
import { BREAKS, CONTINUES, FALLS, RETURNS, type Evaluate, type Execute, type Signal } from './compiler';
import type { Scope } from './scope';

/** Asks somebody which value an expression has whose condition only running the model decides. */
export function decideValue(
  runtime: Runtime,
  frame: Frame,
  scope: Scope,
  condition: Foreign,
  then: Evaluate,
  otherwise: Evaluate,
): Value {
  const side = (evaluate: Evaluate) => () => {
    let value: Value = null;
    const outcome = outcomeOf(runtime, frame, scope, () => {
      value = evaluate(frame);
      return FALLS;
    });
    return outcome.ended === 'falls' ? { ...outcome, value } : outcome;
  };
  const outcome = decide(runtime, {
    ...{ kind: 'expression', condition, ...runtime.place() },
    ...{ then: side(then), otherwise: side(otherwise) },
    before: (name) => read(frame, scope, name),
  });
  take(runtime, frame, scope, outcome);
  if (outcome.ended === 'raises') throw runtime.raise(outcome.value);
  return outcome.value;
}

/** The same for statements: the sides may assign names, return, raise and leave loops. */
export function decideStatement(
  runtime: Runtime,
  frame: Frame,
  scope: Scope,
  condition: Foreign,
  then: Execute,
  otherwise: Execute,
): Signal {
  const side = (execute: Execute) => () => outcomeOf(runtime, frame, scope, () => execute(frame));
  const outcome = decide(runtime, {
    ...{ kind: 'statement', condition, ...runtime.place() },
    ...{ then: side(then), otherwise: side(otherwise) },
    before: (name) => read(frame, scope, name),
  });
  take(runtime, frame, scope, outcome);
  switch (outcome.ended) {
    case 'raises':
      throw runtime.raise(outcome.value);
    case 'returns':
      frame.returned = outcome.value;
      return RETURNS;
    case 'falls':
      return FALLS;
    default:
      return outcome.ended === 'breaks' ? BREAKS : CONTINUES;
  }
}

function decide(runtime: Runtime, branch: Branch): Outcome {
  const outcome = runtime.hooks.branch?.(branch);
  if (!outcome)
    throw runtime.unknown(`only running the model tells whether ${branch.condition.repr(runtime)} holds`);
  return outcome;
}

/** Asks somebody how a loop ends that nobody knows the rounds of. */
export function decideLoop(
  runtime: Runtime,
  frame: Frame,
  scope: Scope,
  loop: Pick<Loop, 'kind' | 'subject'> & { assigned: readonly string[]; again: Evaluate },
  body: (item: Value | undefined) => Signal,
): void {
  const before = new Map(loop.assigned.map((name) => [name, read(frame, scope, name)]));
  const after = runtime.hooks.loop?.({
    ...{ kind: loop.kind, subject: loop.subject, before, ...runtime.place() },
    round: (names, item) => {
      let again: Value = true;
      const outcome = outcomeOf(runtime, frame, scope, () => {
        for (const [name, value] of names) write(frame, scope, name, value);
        const signal = body(item);
        again = loop.again(frame);
        return signal;
      });
      return { ...outcome, again };
    },
  });
  if (!after)
    throw runtime.unknown(
      `only running the model tells how often this loop over ${loop.subject.repr(runtime)} runs`,
    );
  for (const [name, value] of after) write(frame, scope, name, value);
}

/** Runs a side from what the names are now, and leaves them so. */
function outcomeOf(runtime: Runtime, frame: Frame, scope: Scope, run: () => Signal): Outcome {
  const { barrier } = runtime;
  const [slots, names, returned] = [frame.slots.slice(), frame.names && new Map(frame.names), frame.returned];
  runtime.barrier = nextSerial();
  try {
    const ended = endings[run()];
    const value = ended === 'returns' ? frame.returned : null;
    return { ended, value, assigned: changed(frame, scope, slots, names) };
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    return { ended: 'raises', value: error.exception, assigned: changed(frame, scope, slots, names) };
  } finally {
    frame.slots = slots;
    frame.returned = returned;
    restore(frame.names, names);
    runtime.barrier = barrier;
  }
}

const endings: Record<Signal, Ending> = {
  [FALLS]: 'falls',
  [RETURNS]: 'returns',
  [BREAKS]: 'breaks',
  [CONTINUES]: 'continues',
};

function changed(
  frame: Frame,
  scope: Scope,
  slots: readonly (Value | undefined)[],
  names: ReadonlyMap<string, Value> | null,
): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const [slot, name] of scope.names.entries()) {
    const value = frame.slots[slot];
    if (frame.names === null && value !== undefined && value !== slots[slot]) found.set(name, value);
  }
  for (const [name, value] of frame.names ?? []) if (names?.get(name) !== value) found.set(name, value);
  return found;
}

function restore(names: Map<string, Value> | null, before: ReadonlyMap<string, Value> | null): void {
  if (!names || !before) return;
  names.clear();
  for (const [name, value] of before) names.set(name, value);
}

function take(runtime: Runtime, frame: Frame, scope: Scope, { assigned }: Outcome): void {
  for (const [name, value] of assigned) write(frame, scope, name, value);
  runtime.spend(assigned.size);
}

function read(frame: Frame, scope: Scope, name: string): Value | undefined {
  return frame.names ? frame.names.get(name) : frame.slots[scope.names.indexOf(name)];
}

function write(frame: Frame, scope: Scope, name: string, value: Value): void {
  const slot = scope.names.indexOf(name);
  if (frame.names) frame.names.set(name, value);
  else if (slot >= 0) frame.slots[slot] = value;
}
