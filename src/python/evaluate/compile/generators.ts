import type { Block, Expression, Statement } from '../../syntax';
import { Foreign } from '../../values/foreign';
import type { Value } from '../../values/object';
import type { Frame, Runtime } from '../frame';
import { BREAKS, FALLS, RETURNS, type Compiler, type Resume, type Signal } from './compiler';
import { contexts, tryResumable } from './exceptions';
import { boundIn, type Scope } from './scope';

/**
 * A generator's body as a generator of JavaScript: Python's are coroutines, so values are made when they are asked
 * for and a `while True: yield` ends when nobody asks. Only statements that hold a `yield` are compiled this way, the
 * others run as everywhere. A `yield` stands alone, or is what is assigned or returned; deeper in an expression it is
 * not known.
 */
export function* driveGenerator(
  runtime: Runtime,
  frame: Frame,
  body: Resume,
): Generator<Value, Value, Value> {
  const inner = body(frame);
  let go: () => IteratorResult<Value, Signal> = () => inner.next(null);
  for (;;) {
    runtime.enter(frame);
    let step: IteratorResult<Value, Signal>;
    try {
      step = go();
    } finally {
      runtime.leave(frame);
    }
    if (step.done === true) return frame.returned;
    try {
      const sent = yield step.value;
      go = () => inner.next(sent);
    } catch (error) {
      go = () => inner.throw(error);
    }
  }
}

/** A block that holds a `yield`. */
export function resumableBlock(compiler: Compiler, body: Block, scope: Scope): Resume {
  const parts = body.map((statement) => {
    const isPlain = !boundIn([statement]).yields;
    const execute = isPlain ? compiler.block([statement], scope, null) : null;
    return { execute, resume: isPlain ? null : resumable(compiler, statement, scope) };
  });
  return function* (frame) {
    for (const { execute, resume } of parts) {
      const signal = execute ? execute(frame) : resume ? yield* resume(frame) : FALLS;
      if (signal !== FALLS) return signal;
    }
    return FALLS;
  };
}

function resumable(compiler: Compiler, node: Statement, scope: Scope): Resume {
  const { runtime } = compiler;
  const begin = () => {
    runtime.at = node;
    runtime.spend(1);
  };
  switch (node.kind) {
    case 'expression': {
      const value = yielded(compiler, node.value, scope);
      return function* (frame) {
        begin();
        yield* value(frame);
        return FALLS;
      };
    }
    case 'return': {
      const value = node.value ? yielded(compiler, node.value, scope) : null;
      return function* (frame) {
        begin();
        frame.returned = value ? yield* value(frame) : null;
        return RETURNS;
      };
    }
    case 'assign':
    case 'annotated': {
      const targets = node.kind === 'assign' ? node.targets : [node.target];
      const assign = targets.map((target) => compiler.assign(target, scope));
      const value = yielded(compiler, node.value, scope);
      return function* (frame) {
        begin();
        const given = yield* value(frame);
        for (const one of assign) one(frame, given);
        return FALLS;
      };
    }
    case 'if': {
      const test = compiler.expression(node.test, scope);
      const [then, otherwise] = [
        compiler.resumable(node.body, scope),
        compiler.resumable(node.otherwise, scope),
      ];
      return function* (frame) {
        begin();
        return yield* (runtime.truth(test(frame)) ? then : otherwise)(frame);
      };
    }
    case 'while':
    case 'for':
      return loop(compiler, node, scope);
    case 'try':
      return tryResumable(compiler, node, scope);
    case 'with':
      return withResumable(compiler, node, scope);
    default:
      throw unknownYield(compiler, node);
  }
}

function unknownYield({ runtime }: Compiler, node: Statement | Expression): Error {
  runtime.at = node;
  return runtime.unknown('a yield stands inside an expression, which is not known here');
}

/** The value of a `yield`: what is sent, or what the generator that it yields from returns. */
function yielded(
  compiler: Compiler,
  node: Expression | null,
  scope: Scope,
): (frame: Frame) => Generator<Value, Value, Value> {
  const { runtime } = compiler;
  if (node?.kind === 'yield') {
    const value = node.value ? compiler.expression(node.value, scope) : () => null;
    return function* (frame) {
      return yield value(frame);
    };
  }
  if (node?.kind !== 'yieldFrom') throw unknownYield(compiler, node ?? { kind: 'pass', line: 1, column: 1 });
  const value = compiler.expression(node.value, scope);
  return function* (frame) {
    const iterator = runtime.iterate(value(frame))[Symbol.iterator]() as Iterator<
      Value,
      Value | undefined,
      Value
    >;
    let sent: Value = null;
    for (;;) {
      const step = iterator.next(sent);
      if (step.done === true) return step.value ?? null;
      sent = yield step.value;
    }
  };
}

function loop(compiler: Compiler, node: Statement & { kind: 'while' | 'for' }, scope: Scope): Resume {
  const { runtime } = compiler;
  const [body, otherwise] = [compiler.resumable(node.body, scope), compiler.resumable(node.otherwise, scope)];
  const assign = node.kind === 'for' ? compiler.assign(node.target, scope) : null;
  const source = compiler.expression(node.kind === 'for' ? node.iterable : node.test, scope);
  return function* (frame) {
    runtime.at = node;
    const given = assign ? source(frame) : null;
    if (given instanceof Foreign && given.iterate(runtime) === null)
      throw runtime.unknown('a generator goes through something of unknown length');
    const items = assign ? runtime.iterate(given) : whileTrue(() => runtime.truth(source(frame)));
    for (const item of items) {
      runtime.at = node;
      runtime.spend(1);
      assign?.(frame, item);
      const signal = yield* body(frame);
      if (signal === BREAKS) return FALLS;
      if (signal === RETURNS) return RETURNS;
    }
    return yield* otherwise(frame);
  };
}

function* whileTrue(test: () => boolean): Generator<Value> {
  while (test()) yield null;
}

function withResumable(compiler: Compiler, node: Statement & { kind: 'with' }, scope: Scope): Resume {
  const enter = contexts(compiler, node, scope);
  const body = compiler.resumable(node.body, scope);
  return function* (frame) {
    const exit = enter(frame);
    let signal: Signal;
    try {
      signal = yield* body(frame);
    } catch (error) {
      if (!exit(error)) throw error;
      return FALLS;
    }
    exit(null);
    return signal;
  };
}
