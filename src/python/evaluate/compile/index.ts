import type { Module } from '../../syntax';
import { Frame, type Code, type Runtime } from '../frame';
import type { Compiler } from './compiler';
import { evaluateExpression } from './expressions';
import { resumableBlock } from './generators';
import { boundIn, Scope } from './scope';
import { executeBlock } from './statements';
import { assignTo } from './targets';

/** Runs a module's statements, one by one: `each` may decide what becomes of one that fails. */
export function runModule(
  runtime: Runtime,
  module: Module,
  code: Code,
  each: (run: () => void, statement: Module['body'][number]) => void,
): void {
  const compiler: Compiler = {
    runtime,
    code,
    isGuarded: false,
    expression: (node, scope) => evaluateExpression(compiler, node, scope),
    block: (body, scope, rest) => executeBlock(compiler, body, scope, rest),
    resumable: (body, scope) => resumableBlock(compiler, body, scope),
    assign: (target, scope) => assignTo(compiler, target, scope),
  };
  const scope = new Scope('module', null, code.module, [], boundIn(module.body));
  const frame = new Frame(code, null, 0, code.globals, null);
  runtime.enter(frame);
  try {
    for (const statement of module.body) {
      each(() => {
        withinStack(runtime, () => compiler.block([statement], scope, null)(frame));
      }, statement);
    }
  } finally {
    runtime.leave(frame);
  }
}

/** Does something; running out of the browser's stack is a problem of the source, which goes deeper than any model. */
export function withinStack<T>(runtime: Runtime, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof RangeError) throw runtime.limit('it needs more of the stack than there is');
    throw error;
  }
}
