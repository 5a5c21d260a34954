import type { Handler, Statement } from '../../syntax';
import { PyTuple } from '../../values/containers';
import { Instance, PyClass, type Value } from '../../values/object';
import { Raised } from '../../values/raised';
import type { Frame, Runtime } from '../frame';
import { FALLS, type Compiler, type Execute, type Resume, type Signal } from './compiler';
import { deleteName, storeName } from './names';
import type { Scope } from './scope';

type Try = Statement & { kind: 'try' };

/**
 * `try`: only Python's exceptions are caught and only they, and plain endings, run a `finally`. Problems, which say
 * that something is not known or too much, pass through.
 */
export function tryStatement(compiler: Compiler, node: Try, scope: Scope): Execute {
  const { runtime } = compiler;
  const expectsMissing = node.handlers.some(({ type }) => catchesImports(type));
  const wasGuarded = compiler.isGuarded;
  compiler.isGuarded = expectsMissing || wasGuarded;
  const body = compiler.block(node.body, scope, null);
  compiler.isGuarded = wasGuarded;
  const otherwise = compiler.block(node.otherwise, scope, null);
  const final = compiler.block(node.final, scope, null);
  const select = handlers(compiler, node.handlers, scope);
  const bodies = new Map(
    node.handlers.map((handler) => [handler, compiler.block(handler.body, scope, null)]),
  );
  const guarded: Execute = (frame) => {
    let signal: Signal;
    try {
      signal = body(frame);
    } catch (error) {
      const { node: handler, error: raised, forget } = select(frame, error);
      const end = runtime.handle(raised);
      try {
        return bodies.get(handler)?.(frame) ?? FALLS;
      } finally {
        end();
        forget();
      }
    }
    return signal === FALLS ? otherwise(frame) : signal;
  };
  if (node.final.length === 0) return guarded;
  return (frame) => {
    let signal: Signal;
    try {
      signal = guarded(frame);
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      const ended = final(frame);
      if (ended !== FALLS) return ended;
      throw error;
    }
    const { returned } = frame;
    const ended = final(frame);
    if (ended === FALLS) frame.returned = returned;
    return ended === FALLS ? signal : ended;
  };
}

function catchesImports(type: Handler['type']): boolean {
  if (type === null) return true;
  if (type.kind === 'tuple') return type.items.some(catchesImports);
  return type.kind === 'name' && /^(ImportError|ModuleNotFoundError|Exception|BaseException)$/.test(type.id);
}

/** `try` around a `yield`. */
export function tryResumable(compiler: Compiler, node: Try, scope: Scope): Resume {
  const { runtime } = compiler;
  const body = compiler.resumable(node.body, scope);
  const otherwise = compiler.resumable(node.otherwise, scope);
  const final = compiler.block(node.final, scope, null);
  const select = handlers(compiler, node.handlers, scope);
  const bodies = new Map(node.handlers.map((handler) => [handler, compiler.resumable(handler.body, scope)]));
  return function* (frame) {
    let signal: Signal = FALLS;
    try {
      let handled: Selected | null = null;
      try {
        signal = yield* body(frame);
      } catch (error) {
        handled = select(frame, error);
      }
      if (!handled) signal = signal === FALLS ? yield* otherwise(frame) : signal;
      else {
        const begun = runtime.handle(handled.error);
        try {
          signal = (yield* bodies.get(handled.node)?.(frame) ?? []) ?? FALLS;
        } finally {
          begun();
          handled.forget();
        }
      }
    } catch (error) {
      if (error instanceof Raised) final(frame);
      throw error;
    }
    const { returned } = frame;
    const ended = final(frame);
    if (ended === FALLS) frame.returned = returned;
    return ended === FALLS ? signal : ended;
  };
}

/** The handler that takes an exception. */
interface Selected {
  node: Handler;
  error: Raised;
  /** Takes the name of the exception away again. */
  forget: () => void;
}

/** Finds the first handler that takes an exception; throws it on where none does. */
function handlers(
  compiler: Compiler,
  nodes: readonly Handler[],
  scope: Scope,
): (frame: Frame, error: unknown) => Selected {
  const { runtime } = compiler;
  const all = nodes.map((node) => ({
    node,
    type: node.type ? compiler.expression(node.type, scope) : null,
    store: node.name === null ? null : storeName(compiler, node.name, scope),
    forget: node.name === null ? null : deleteName(compiler, node.name, scope, true),
  }));
  return (frame, error) => {
    if (!(error instanceof Raised)) throw error;
    runtime.spend(1);
    for (const { node, type, store, forget } of all) {
      runtime.at = node;
      if (node.isGroup) throw runtime.unknown('groups of exceptions are not known here');
      if (type && !matches(runtime, error.exception, type(frame))) continue;
      store?.(frame, error.exception);
      return { node, error, forget: () => forget?.(frame) };
    }
    throw error;
  };
}

function matches(runtime: Runtime, exception: Instance, type: Value): boolean {
  if (type instanceof PyTuple) return type.items.some((one) => matches(runtime, exception, one));
  return runtime.isInstance(exception, type);
}

/** `raise exception from cause`; without an exception, what is being handled is raised again. */
export function raiseStatement(
  compiler: Compiler,
  node: Statement & { kind: 'raise' },
  scope: Scope,
): Execute {
  const { runtime } = compiler;
  const exception = node.exception ? compiler.expression(node.exception, scope) : null;
  const cause = node.cause ? compiler.expression(node.cause, scope) : null;
  return (frame) => {
    const given = exception?.(frame);
    runtime.at = node;
    if (given === undefined)
      throw runtime.handled() ?? runtime.error('RuntimeError', 'No active exception to reraise');
    const made = given instanceof PyClass ? runtime.call(given, []) : given;
    if (cause && made instanceof Instance) {
      made.attributes ??= new Map();
      made.attributes.set('__cause__', cause(frame));
    }
    throw runtime.raise(made);
  };
}

/** `with`: what is entered is left again, in the other order; an exception may be taken by one that says so. */
export function withStatement(compiler: Compiler, node: Statement & { kind: 'with' }, scope: Scope): Execute {
  const enter = contexts(compiler, node, scope);
  const body = compiler.block(node.body, scope, null);
  return (frame) => {
    const exit = enter(frame);
    let signal: Signal;
    try {
      signal = body(frame);
    } catch (error) {
      if (!exit(error)) throw error;
      return FALLS;
    }
    const { returned } = frame;
    exit(null);
    frame.returned = returned;
    return signal;
  };
}

/** Enters the contexts of a `with`; what comes back leaves them, and says whether the exception was taken. */
export function contexts(
  compiler: Compiler,
  node: Statement & { kind: 'with' },
  scope: Scope,
): (frame: Frame) => (error: unknown) => boolean {
  const { runtime } = compiler;
  const items = node.items.map(({ context, target }) => ({
    context: compiler.expression(context, scope),
    assign: target ? compiler.assign(target, scope) : null,
  }));
  return (frame) => {
    const entered: Value[] = [];
    const exit = (error: unknown) => {
      if (error !== null && !(error instanceof Raised)) return false;
      let left: Raised | null = error;
      for (const context of entered.splice(0).reverse()) {
        const about: Value[] = left
          ? [runtime.typeOf(left.exception), left.exception, null]
          : [null, null, null];
        const answer = runtime.callMethod(context, '__exit__', about);
        if (left && runtime.truth(answer)) left = null;
      }
      return left === null;
    };
    for (const { context, assign } of items) {
      const value = context(frame);
      runtime.at = node;
      if (runtime.findAttribute(value, '__enter__') === undefined)
        throw runtime.error(
          'TypeError',
          `'${runtime.typeOf(value).name}' object does not support the context manager protocol`,
        );
      const given = runtime.callMethod(value, '__enter__', []);
      entered.push(value);
      assign?.(frame, given);
    }
    return exit;
  };
}
