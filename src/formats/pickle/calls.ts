import type { Named, Value } from '../../core/checkpoint';
import { dangerOf } from './dangers';
import type { Machine } from './machine';
import { opaque } from './values';

/** A name; one whose import alone is a warning is reported here, called or not. */
export function named(m: Machine, module: string, name: string): Named {
  const value = m.named(module, name);
  const danger = m.scope.callables.has(value.name) ? null : dangerOf(value.name);
  if (danger !== null) report(m, value.name, `names ${value.name}, which can ${danger}`);
  return value;
}

/** What a call gives: what the scope rebuilds, else an inert object. `new` makes an object of a class. */
export function call(m: Machine, callee: Value, args: readonly Value[], how: 'call' | 'new'): Value {
  m.spend(args.length);
  if (callee === null || typeof callee !== 'object' || callee.kind !== 'named') {
    report(m, 'an object', 'would call an object that the pickle itself makes');
    return opaque('unknown', args);
  }
  const rebuild = m.scope.callables.get(callee.name);
  if (rebuild) return rebuild(args, m);
  const danger = dangerOf(callee.name);
  if (danger !== null) {
    report(m, callee.name, `would call ${callee.name}(${args.map(shown).join(', ')}) and ${danger}`);
  } else if (how === 'call') {
    report(m, callee.name, `would call ${callee.name}(${args.map(shown).join(', ')}), which is not known`);
  }
  return opaque(callee.name, args);
}

function report(m: Machine, name: string, text: string): void {
  const { findings } = m.scope;
  // The call says more than the import before it.
  const last = findings.at(-1);
  if (last?.name === name && last.text.startsWith('names ')) findings.pop();
  if (findings.length < MAX_FINDINGS) findings.push({ name, text, place: m.place });
}

/** Enough to show; a file of a million calls is as unsafe as one of a hundred. */
const MAX_FINDINGS = 100;

function shown(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (value === null) return 'None';
  if (typeof value !== 'object') return String(value);
  if (value.kind === 'named' || value.kind === 'object') return value.name;
  return `a ${value.kind}`;
}

/** `BUILD`: fills an object with its state. */
export function build(m: Machine, target: Value, state: Value): Value {
  if (target === null || typeof target !== 'object') throw m.damaged('a plain value is given a state');
  switch (target.kind) {
    case 'object': {
      const finish = m.scope.callables.get(`${target.name}.__setstate__`);
      if (finish) return m.become(target, finish([target, state], m));
      target.state = state;
      return target;
    }
    case 'dict':
      target.state = state;
      return target;
    case 'named':
      report(m, target.name, `would change ${target.name} itself`);
      return target;
    case 'tensor':
    case 'storage':
    case 'list':
    case 'set':
      return target;
    default:
      throw m.damaged(`a ${target.kind} is given a state`);
  }
}
