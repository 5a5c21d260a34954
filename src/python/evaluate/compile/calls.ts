import type { Expression } from '../../syntax';
import { PyDict } from '../../values/dict';
import { noKeywords, type Keywords, type Value } from '../../values/object';
import type { Frame, Runtime } from '../frame';
import type { Compiler, Evaluate } from './compiler';
import type { Scope } from './scope';

/** `callee(arguments)`; a method is called without being bound first. */
export function call(compiler: Compiler, node: Expression & { kind: 'call' }, scope: Scope): Evaluate {
  const { runtime, expression } = compiler;
  const args = argumentsOf(compiler, node.args, scope);
  const keywords = keywordsOf(compiler, node.keywords, scope);
  if (node.callee.kind === 'attribute') {
    const object = expression(node.callee.object, scope);
    const { name } = node.callee;
    return (frame) => {
      const self = object(frame);
      const given = args(frame);
      const named = keywords(frame);
      runtime.at = node;
      return runtime.callMethod(self, name, given, named);
    };
  }
  const callee = expression(node.callee, scope);
  return (frame) => {
    const called = callee(frame);
    const given = args(frame);
    const named = keywords(frame);
    runtime.at = node;
    return runtime.call(called, given, named);
  };
}

/** Arguments by position; starred ones give all their values. */
export function argumentsOf(
  { runtime, expression }: Compiler,
  nodes: readonly Expression[],
  scope: Scope,
): (frame: Frame) => Value[] {
  const parts = nodes.map((node) =>
    node.kind === 'starred'
      ? { spreads: true, evaluate: expression(node.value, scope) }
      : { spreads: false, evaluate: expression(node, scope) },
  );
  if (parts.some(({ spreads }) => spreads)) {
    return (frame) =>
      parts.flatMap(({ spreads, evaluate }) => (spreads ? runtime.list(evaluate(frame)) : [evaluate(frame)]));
  }
  const [first, second] = parts.map(({ evaluate }) => evaluate);
  if (!first) return () => [];
  if (parts.length === 1) return (frame) => [first(frame)];
  if (parts.length === 2 && second) return (frame) => [first(frame), second(frame)];
  return (frame) => parts.map(({ evaluate }) => evaluate(frame));
}

/** Arguments by name; `**` gives all entries of a dict. */
export function keywordsOf(
  { runtime, expression }: Compiler,
  nodes: readonly { name: string | null; value: Expression }[],
  scope: Scope,
): (frame: Frame) => Keywords {
  if (nodes.length === 0) return () => noKeywords;
  const parts = nodes.map(({ name, value }) => ({ name, evaluate: expression(value, scope) }));
  return (frame) => {
    const keywords = new Map<string, Value>();
    const add = (name: string, value: Value) => {
      if (keywords.has(name))
        throw runtime.error('TypeError', `got multiple values for keyword argument '${name}'`);
      keywords.set(name, value);
    };
    for (const { name, evaluate } of parts) {
      const value = evaluate(frame);
      if (name !== null) add(name, value);
      else for (const [key, entry] of entriesOf(runtime, value)) add(key, entry);
    }
    return keywords;
  };
}

function entriesOf(runtime: Runtime, value: Value): [string, Value][] {
  if (!(value instanceof PyDict)) {
    if (runtime.findAttribute(value, 'keys') === undefined)
      throw runtime.error(
        'TypeError',
        `argument after ** must be a mapping, not ${runtime.typeOf(value).name}`,
      );
    return runtime
      .list(runtime.callMethod(value, 'keys', []))
      .map((key) => [runtime.str(key), runtime.getItem(value, key)]);
  }
  return [...value.entries.values()].map(([key, entry]) => {
    if (typeof key !== 'string') throw runtime.error('TypeError', 'keywords must be strings');
    return [key, entry];
  });
}
