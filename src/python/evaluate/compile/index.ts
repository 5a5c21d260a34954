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
      each(() => compiler.block([statement], scope, null)(frame), statement);
    }
  } finally {
    runtime.leave(frame);
  }
}
