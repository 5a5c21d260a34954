import type { Statement } from '../../syntax';
import { Foreign } from '../../values/foreign';
import { PyList } from '../../values/containers';
import type { Value } from '../../values/object';
import type { Frame } from '../frame';
import { decideLoop } from './branches';
import { BREAKS, FALLS, RETURNS, type Compiler, type Execute, type Signal } from './compiler';
import { boundIn, namesOf, type Scope } from './scope';

/** `while`: every round is a step. */
export function whileStatement(
  compiler: Compiler,
  node: Statement & { kind: 'while' },
  scope: Scope,
): Execute {
  const { runtime } = compiler;
  const test = compiler.expression(node.test, scope);
  const body = compiler.block(node.body, scope, null);
  const otherwise = compiler.block(node.otherwise, scope, null);
  const assigned = [...boundIn(node.body).names];
  return (frame) => {
    for (;;) {
      const value = test(frame);
      runtime.at = node;
      runtime.spend(1);
      const held = runtime.decide(value);
      if (held instanceof Foreign) {
        const loop = { kind: 'while', subject: held, assigned, again: test } as const;
        decideLoop(runtime, frame, scope, loop, () => body(frame));
        return otherwise(frame);
      }
      if (!held) return otherwise(frame);
      const signal = body(frame);
      if (signal === BREAKS) return FALLS;
      if (signal === RETURNS) return RETURNS;
    }
  };
}

/** `for`: every round is a step; a list may grow while it is gone through. */
export function forStatement(compiler: Compiler, node: Statement & { kind: 'for' }, scope: Scope): Execute {
  const { runtime } = compiler;
  const iterable = compiler.expression(node.iterable, scope);
  const assign = compiler.assign(node.target, scope);
  const body = compiler.block(node.body, scope, null);
  const otherwise = compiler.block(node.otherwise, scope, null);
  const assigned = [...boundIn(node.body).names, ...namesOf(node.target)];
  const round = (frame: Frame, item: Value): Signal => {
    runtime.at = node;
    runtime.spend(1);
    assign(frame, item);
    return body(frame);
  };

  function overList(frame: Frame, list: PyList): Signal {
    for (let at = 0; at < list.items.length; at++) {
      const signal = round(frame, list.items[at] ?? null);
      if (signal === BREAKS) return FALLS;
      if (signal === RETURNS) return RETURNS;
    }
    return otherwise(frame);
  }

  return (frame) => {
    const source = iterable(frame);
    runtime.at = node;
    if (node.isAsync) throw runtime.unknown('async is not known here');
    if (source instanceof PyList && !source.subclass) return overList(frame, source);
    if (source instanceof Foreign && source.iterate(runtime) === null) {
      const loop = { kind: 'for', subject: source, assigned, again: () => true } as const;
      decideLoop(runtime, frame, scope, loop, (item) => round(frame, item ?? null));
      return otherwise(frame);
    }
    for (const item of runtime.iterate(source)) {
      const signal = round(frame, item);
      if (signal === BREAKS) return FALLS;
      if (signal === RETURNS) return RETURNS;
    }
    return otherwise(frame);
  };
}
