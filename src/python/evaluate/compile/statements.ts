import type { Block, Expression, Place, Statement } from '../../syntax';
import { Foreign } from '../../values/foreign';
import { PyDict } from '../../values/dict';
import type { Value } from '../../values/object';
import { annotationText } from './annotations';
import { decideStatement } from './branches';
import { classDefinition } from './classes';
import { BREAKS, CONTINUES, FALLS, RETURNS, type Compiler, type Execute } from './compiler';
import { raiseStatement, tryStatement, withStatement } from './exceptions';
import { functionDefinition } from './functions';
import { fromStatement, importStatement } from './imports';
import { forStatement, whileStatement } from './loops';
import { matchStatement } from './match';
import { storeName } from './names';
import type { Scope } from './scope';
import { deleteFrom } from './targets';

/** Statements in a row. Each is a step, and where the evaluator is when something goes wrong. */
export function executeBlock(compiler: Compiler, body: Block, scope: Scope, rest: Execute | null): Execute {
  const { runtime } = compiler;
  const steps: Execute[] = [];
  const from = (start: number): Execute => {
    return (frame) => {
      for (let at = start; at < steps.length; at++) {
        const node = body[at];
        const step = steps[at];
        if (!node || !step) break;
        runtime.at = node;
        runtime.spend(1);
        const signal = step(frame);
        if (signal !== FALLS) return signal;
      }
      return FALLS;
    };
  };
  for (const [at, node] of body.entries()) {
    const after = from(at + 1);
    const behind: Execute | null = rest && ((frame) => (after(frame) === FALLS ? rest(frame) : RETURNS));
    steps.push(statement(compiler, node, scope, behind));
  }
  const [only] = steps;
  const [node] = body;
  if (steps.length === 1 && only && node) {
    return (frame) => {
      runtime.at = node;
      runtime.spend(1);
      return only(frame);
    };
  }
  return from(0);
}

function statement(compiler: Compiler, node: Statement, scope: Scope, rest: Execute | null): Execute {
  const evaluate = (expression: Expression) => compiler.expression(expression, scope);
  switch (node.kind) {
    case 'expression': {
      if (node.value.kind === 'constant') return () => FALLS;
      const value = evaluate(node.value);
      return (frame) => {
        value(frame);
        return FALLS;
      };
    }
    case 'assign':
      return assignment(compiler, node, scope);
    case 'augmented':
      return augmentation(compiler, node, scope);
    case 'annotated':
      return annotation(compiler, node, scope);
    case 'return': {
      if (scope.kind !== 'function') throw misplaced(compiler, node, "'return' outside function");
      const value = node.value ? evaluate(node.value) : () => null;
      return (frame) => {
        frame.returned = value(frame);
        return RETURNS;
      };
    }
    case 'delete': {
      const all = node.targets.map((target) => deleteFrom(compiler, target, scope));
      return (frame) => {
        for (const one of all) one(frame);
        return FALLS;
      };
    }
    case 'pass':
    case 'global':
    case 'nonlocal':
      return () => FALLS;
    case 'break':
      return () => BREAKS;
    case 'continue':
      return () => CONTINUES;
    case 'raise':
      return raiseStatement(compiler, node, scope);
    case 'assert':
      return assertion(compiler, node, scope);
    case 'import':
      return importStatement(compiler, node, scope);
    case 'from':
      return fromStatement(compiler, node, scope);
    case 'if':
      return conditional(compiler, node, scope, rest);
    case 'while':
      return whileStatement(compiler, node, scope);
    case 'for':
      return forStatement(compiler, node, scope);
    case 'try':
      return tryStatement(compiler, node, scope);
    case 'with':
      if (node.isAsync) throw misplaced(compiler, node, 'async is not known here');
      return withStatement(compiler, node, scope);
    case 'function':
    case 'class':
      return definition(compiler, node, scope);
    case 'match':
      return matchStatement(compiler, node, scope);
    case 'type': {
      const store = storeName(compiler, node.name, scope);
      return (frame) => {
        store(frame, annotationText(node.value));
        return FALLS;
      };
    }
  }
}

function misplaced({ runtime }: Compiler, node: Place, what: string): Error {
  runtime.at = node;
  return runtime.unknown(what);
}

function assignment(compiler: Compiler, node: Statement & { kind: 'assign' }, scope: Scope): Execute {
  const value = compiler.expression(node.value, scope);
  const targets = node.targets.map((target) => compiler.assign(target, scope));
  const [only] = targets;
  if (only && targets.length === 1) {
    return (frame) => {
      only(frame, value(frame));
      return FALLS;
    };
  }
  return (frame) => {
    const given = value(frame);
    for (const assign of targets) assign(frame, given);
    return FALLS;
  };
}

/** `target op= value`: the parts of the target are evaluated once. */
function augmentation(compiler: Compiler, node: Statement & { kind: 'augmented' }, scope: Scope): Execute {
  const { runtime } = compiler;
  const { target, op } = node;
  const value = compiler.expression(node.value, scope);
  const update = (before: Value, by: Value) => {
    runtime.at = node;
    return runtime.augmented(op, before, by);
  };
  if (target.kind === 'attribute') {
    const object = compiler.expression(target.object, scope);
    return (frame) => {
      const owner = object(frame);
      runtime.setAttribute(
        owner,
        target.name,
        update(runtime.getAttribute(owner, target.name), value(frame)),
      );
      return FALLS;
    };
  }
  if (target.kind === 'subscript') {
    const object = compiler.expression(target.object, scope);
    const index = compiler.expression(target.index, scope);
    return (frame) => {
      const [container, key] = [object(frame), index(frame)];
      runtime.setItem(container, key, update(runtime.getItem(container, key), value(frame)));
      return FALLS;
    };
  }
  const [load, store] = [compiler.expression(target, scope), compiler.assign(target, scope)];
  return (frame) => {
    const before = load(frame);
    store(frame, update(before, value(frame)));
    return FALLS;
  };
}

/** Types are kept as text, with the names of class bodies: nobody checks them, and what they name may be unknown. */
function annotation(compiler: Compiler, node: Statement & { kind: 'annotated' }, scope: Scope): Execute {
  const value = node.value && compiler.expression(node.value, scope);
  const assign = value && compiler.assign(node.target, scope);
  const name = scope.kind !== 'function' && node.target.kind === 'name' ? node.target.id : null;
  const text = annotationText(node.annotation);
  return (frame) => {
    if (assign) assign(frame, value(frame));
    if (name === null || !frame.names) return FALLS;
    const known = frame.names.get('__annotations__');
    const annotations = known instanceof PyDict ? known : new PyDict();
    annotations.set(name, text);
    frame.names.set('__annotations__', annotations);
    return FALLS;
  };
}

/** `if`: where only running the model decides, somebody is asked, with what follows if a side returns. */
function conditional(
  compiler: Compiler,
  node: Statement & { kind: 'if' },
  scope: Scope,
  rest: Execute | null,
): Execute {
  const { runtime } = compiler;
  const test = compiler.expression(node.test, scope);
  const body = compiler.block(node.body, scope, rest);
  const otherwise = compiler.block(node.otherwise, scope, rest);
  const goesOn = rest && (returns(node.body) || returns(node.otherwise)) ? rest : null;
  const side = (execute: Execute): Execute =>
    goesOn ? (frame) => (execute(frame) === FALLS ? goesOn(frame) : RETURNS) : execute;
  const sides = [side(body), side(otherwise)] as const;
  return (frame) => {
    const value = test(frame);
    if (value === true) return body(frame);
    if (value === false) return otherwise(frame);
    runtime.at = node;
    const held = runtime.decide(value);
    if (held instanceof Foreign) return decideStatement(runtime, frame, scope, held, ...sides);
    return held ? body(frame) : otherwise(frame);
  };
}

/** Whether a block may end its function. */
function returns(body: Block): boolean {
  return body.some((node) => {
    switch (node.kind) {
      case 'return':
        return true;
      case 'if':
      case 'while':
      case 'for':
        return returns(node.body) || returns(node.otherwise);
      case 'try':
        return [node.body, node.otherwise, node.final, ...node.handlers.map((one) => one.body)].some(returns);
      case 'with':
        return returns(node.body);
      case 'match':
        return node.cases.some((one) => returns(one.body));
      default:
        return false;
    }
  });
}

/** `assert`: what only running the model tells is taken to hold, with a remark. */
function assertion(compiler: Compiler, node: Statement & { kind: 'assert' }, scope: Scope): Execute {
  const { runtime } = compiler;
  const test = compiler.expression(node.test, scope);
  const message = node.message && compiler.expression(node.message, scope);
  return (frame) => {
    const value = test(frame);
    runtime.at = node;
    const held = runtime.decide(value);
    if (held instanceof Foreign) runtime.note(`taken to hold: ${held.repr(runtime)}`);
    else if (!held) throw runtime.error('AssertionError', message ? runtime.str(message(frame)) : '');
    return FALLS;
  };
}

function definition(
  compiler: Compiler,
  node: Statement & { kind: 'function' | 'class' },
  scope: Scope,
): Execute {
  const { runtime } = compiler;
  const decorators = node.decorators.map((decorator) => compiler.expression(decorator, scope));
  const make =
    node.kind === 'function'
      ? functionDefinition(compiler, node, scope)
      : classDefinition(compiler, node, scope);
  const store = storeName(compiler, node.name, scope);
  return (frame) => {
    const above = decorators.map((decorator) => decorator(frame));
    let value = make(frame);
    for (const decorator of above.reverse()) {
      runtime.at = node;
      value =
        decorator instanceof Foreign ? decorator.decorate(runtime, value) : runtime.call(decorator, [value]);
    }
    store(frame, value);
    return FALLS;
  };
}
