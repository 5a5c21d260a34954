import type { Expression, Parameter, Parameters } from '../../syntax';
import { PyTuple } from '../../values/containers';
import { PyDict, textKey } from '../../values/dict';
import type { Keywords, Value } from '../../values/object';
import type { Frame, Runtime } from '../frame';
import type { Compiler, Evaluate } from './compiler';
import type { Scope } from './scope';

/** The names of parameters, in the order of a function's first slots. */
export function parameterNames({
  positionalOnly,
  positional,
  rest,
  keywordOnly,
  others,
}: Parameters): string[] {
  return [
    ...positionalOnly,
    ...positional,
    ...(rest ? [rest] : []),
    ...keywordOnly,
    ...(others ? [others] : []),
  ].map(({ name }) => name);
}

/** What an annotation lists: the texts and numbers of a `Literal`, both truth values of a `bool`; else nothing. */
export function choicesOf(annotation: Expression | null | undefined): Value[] {
  if (annotation?.kind === 'name' && annotation.id === 'bool') return [false, true];
  if (annotation?.kind !== 'subscript') return [];
  const { object, index } = annotation;
  const name = object.kind === 'name' ? object.id : object.kind === 'attribute' ? object.name : '';
  if (name !== 'Literal') return [];
  const items = index.kind === 'tuple' ? index.items : [index];
  return items.flatMap((item) =>
    item.kind === 'constant' && typeof item.value !== 'symbol' ? [item.value] : [],
  );
}

/** The values that parameters have when they are not given, evaluated where the function is defined. */
export type Defaults = ReadonlyMap<string, Value>;

/** Evaluates defaults. */
export function defaultsOf(
  compiler: Compiler,
  parameters: Parameters,
  scope: Scope,
): (frame: Frame) => Defaults {
  const all: readonly Parameter[] = [
    ...parameters.positionalOnly,
    ...parameters.positional,
    ...parameters.keywordOnly,
  ];
  const parts = all.flatMap(({ name, default: value }): [string, Evaluate][] =>
    value ? [[name, compiler.expression(value, scope)]] : [],
  );
  return (frame) => new Map(parts.map(([name, evaluate]) => [name, evaluate(frame)]));
}

/** Puts arguments into the first slots of a frame, as Python binds them, with Python's TypeErrors. */
export function binder(
  runtime: Runtime,
  name: string,
  parameters: Parameters,
): (frame: Frame, args: readonly Value[], keywords: Keywords, defaults: Defaults) => void {
  const { positionalOnly, positional, rest, keywordOnly, others } = parameters;
  const byPosition = [...positionalOnly, ...positional].map((parameter) => parameter.name);
  const byName = [...positional, ...keywordOnly].map((parameter) => parameter.name);
  const names = parameterNames(parameters);
  const slotOf = new Map(names.map((parameter, slot) => [parameter, slot]));
  const isPlain = rest === null && keywordOnly.length === 0 && others === null;
  const optional = new Set(
    [...positionalOnly, ...positional].filter((one) => one.default).map((one) => one.name),
  );
  const fail = (message: string) => runtime.error('TypeError', `${name}() ${message}`);

  function bindKeywords(frame: Frame, keywords: Keywords): void {
    const extra = new PyDict();
    for (const [key, value] of keywords) {
      const slot = byName.includes(key) ? slotOf.get(key) : undefined;
      if (slot !== undefined) {
        if (frame.slots[slot] !== undefined) throw fail(`got multiple values for argument '${key}'`);
        frame.slots[slot] = value;
      } else if (others) extra.put(textKey(key), key, value);
      else if (byPosition.includes(key))
        throw fail(`got some positional-only arguments passed as keyword arguments: '${key}'`);
      else throw fail(`got an unexpected keyword argument '${key}'`);
    }
    if (others) frame.slots[slotOf.get(others.name) ?? 0] = extra;
  }

  function fillDefaults(frame: Frame, wanted: readonly string[], kind: string, defaults: Defaults): void {
    const missing: string[] = [];
    for (const parameter of wanted) {
      const slot = slotOf.get(parameter) ?? 0;
      if (frame.slots[slot] !== undefined) continue;
      const value = defaults.get(parameter);
      if (value === undefined) missing.push(`'${parameter}'`);
      else frame.slots[slot] = value;
    }
    if (missing.length === 0) return;
    const list =
      missing.length > 2
        ? `${missing.slice(0, -1).join(', ')}, and ${missing.at(-1) ?? ''}`
        : missing.join(' and ');
    throw fail(
      `missing ${missing.length} required ${kind} argument${missing.length === 1 ? '' : 's'}: ${list}`,
    );
  }

  return (frame, args, keywords, defaults) => {
    const { slots } = frame;
    const count = byPosition.length;
    if (isPlain && keywords.size === 0 && args.length === count) {
      for (let slot = 0; slot < count; slot++) slots[slot] = args[slot];
      return;
    }
    if (args.length > count && !rest)
      throw fail(
        tooMany(
          count,
          optional.size,
          args.length,
          keywordOnly.filter(({ name: only }) => keywords.has(only)).length,
        ),
      );
    for (let slot = 0; slot < count && slot < args.length; slot++) slots[slot] = args[slot];
    if (rest) slots[slotOf.get(rest.name) ?? 0] = new PyTuple(args.slice(count));
    bindKeywords(frame, keywords);
    fillDefaults(frame, byPosition, 'positional', defaults);
    fillDefaults(
      frame,
      keywordOnly.map((parameter) => parameter.name),
      'keyword-only',
      defaults,
    );
  };
}

function tooMany(takes: number, optional: number, given: number, named: number): string {
  const extra =
    named > 0
      ? ` positional argument${given === 1 ? '' : 's'} (and ${named} keyword-only argument${named === 1 ? '' : 's'})`
      : '';
  const range = optional > 0 ? `from ${takes - optional} to ${takes}` : takes.toString();
  return `takes ${range} positional argument${takes === 1 ? '' : 's'} but ${given}${extra} ${given === 1 && named === 0 ? 'was' : 'were'} given`;
}
