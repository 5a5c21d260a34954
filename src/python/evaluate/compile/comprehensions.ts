import type { Clause, Expression } from '../../syntax';
import { PyIterator, PyList } from '../../values/containers';
import { PyDict, PySet } from '../../values/dict';
import { Foreign } from '../../values/foreign';
import type { Value } from '../../values/object';
import { Frame } from '../frame';
import type { Compiler, Evaluate } from './compiler';
import { namesOf, Scope } from './scope';

type Comprehension = Expression & { kind: 'comprehension' };

/** `[element for … if …]` and its relatives; what is gone through first is evaluated outside, as Python does. */
export function comprehension(compiler: Compiler, node: Comprehension, scope: Scope): Evaluate {
  const { runtime } = compiler;
  const names = node.clauses.flatMap(({ target }) => namesOf(target));
  const inner = new Scope('comprehension', scope, scope.path, names);
  const element = compiler.expression(node.element, inner);
  const key = node.key && compiler.expression(node.key, inner);
  const [first] = node.clauses;
  if (!first) throw runtime.unknown('a comprehension goes through nothing');
  const outermost = compiler.expression(first.iterable, scope);
  const rounds = roundsOf(compiler, node, inner);
  const begin = (frame: Frame) => {
    const source = outermost(frame);
    runtime.at = node;
    return { within: new Frame(frame.code, frame, inner.names.length), items: items(compiler, source) };
  };
  switch (node.makes) {
    case 'generator':
      return (frame) => {
        const { within, items: source } = begin(frame);
        return new PyIterator('generator', eachOf(rounds(within, source), element), 'generator');
      };
    case 'list':
      return (frame) => {
        const { within, items: source } = begin(frame);
        const list: Value[] = [];
        for (const here of rounds(within, source)) {
          runtime.allocate(1);
          list.push(element(here));
        }
        return new PyList(list);
      };
    case 'set':
      return (frame) => {
        const { within, items: source } = begin(frame);
        const set = new PySet();
        for (const here of rounds(within, source)) {
          runtime.allocate(1);
          const value = element(here);
          set.add(runtime.key(value), value);
        }
        return set;
      };
    case 'dict':
      return (frame) => {
        const { within, items: source } = begin(frame);
        const dict = new PyDict();
        for (const here of rounds(within, source)) {
          runtime.allocate(1);
          const name = key?.(here) ?? null;
          dict.put(runtime.key(name), name, element(here));
        }
        return dict;
      };
  }
}

function* eachOf(rounds: Iterable<Frame>, element: Evaluate): Generator<Value, undefined> {
  for (const frame of rounds) yield element(frame);
  return undefined;
}

function items({ runtime }: Compiler, source: Value): Iterable<Value> {
  if (source instanceof Foreign && source.iterate(runtime) === null)
    throw runtime.unknown(`only running the model tells how many there are in ${source.repr(runtime)}`);
  return runtime.iterate(source);
}

/** Goes through the clauses, each inside the one before; gives once for each element. */
function roundsOf(
  compiler: Compiler,
  node: Comprehension,
  scope: Scope,
): (frame: Frame, first: Iterable<Value>) => Generator<Frame> {
  const { runtime } = compiler;
  const clauses = node.clauses.map((clause: Clause) => ({
    isAsync: clause.isAsync,
    iterable: compiler.expression(clause.iterable, scope),
    assign: compiler.assign(clause.target, scope),
    conditions: clause.conditions.map((condition) => compiler.expression(condition, scope)),
  }));
  function* from(at: number, frame: Frame, source: Iterable<Value>): Generator<Frame> {
    const clause = clauses[at];
    if (!clause) return;
    if (clause.isAsync) throw runtime.unknown('async is not known here');
    const next = clauses[at + 1];
    for (const item of source) {
      clause.assign(frame, item);
      runtime.at = node;
      runtime.spend(1);
      if (!clause.conditions.every((condition) => runtime.truth(condition(frame)))) continue;
      if (next) yield* from(at + 1, frame, items(compiler, next.iterable(frame)));
      else yield frame;
    }
  }
  return (frame, first) => from(0, frame, first);
}
