import type { Comparison, Expression } from '../../syntax';
import { Foreign } from '../../values/foreign';
import type { Value } from '../../values/object';
import type { Runtime } from '../frame';
import { decideValue } from './branches';
import type { Compiler, Evaluate } from './compiler';
import type { Scope } from './scope';

/** `left op right`. */
export function binaryExpression(
  { runtime, expression }: Compiler,
  node: Expression & { kind: 'binary' },
  scope: Scope,
): Evaluate {
  const { op } = node;
  const [left, right] = [expression(node.left, scope), expression(node.right, scope)];
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    runtime.at = node;
    return runtime.binary(op, a, b);
  };
}

/** `-x`, `+x`, `~x`, `not x`. */
export function unaryExpression(
  { runtime, expression }: Compiler,
  node: Expression & { kind: 'unary' },
  scope: Scope,
): Evaluate {
  const { op } = node;
  const operand = expression(node.operand, scope);
  if (op !== 'not') {
    return (frame) => {
      const value = operand(frame);
      runtime.at = node;
      return runtime.unary(op, value);
    };
  }
  return (frame) => {
    const value = operand(frame);
    if (typeof value === 'boolean') return !value;
    runtime.at = node;
    return (value instanceof Foreign ? value.not(runtime) : undefined) ?? !runtime.truth(value);
  };
}

/** `left op right op right …`: each value is evaluated once, and no further than the first that does not hold. */
export function comparison(
  compiler: Compiler,
  node: Expression & { kind: 'compare' },
  scope: Scope,
): Evaluate {
  const { runtime, expression } = compiler;
  const first = expression(node.left, scope);
  const steps = node.rest.map(({ op, right }) => ({ op, right: expression(right, scope) }));
  const [only] = steps;
  if (steps.length === 1 && only) {
    const { op, right } = only;
    return (frame) => {
      const a = first(frame);
      const b = right(frame);
      runtime.at = node;
      return compareQuickly(runtime, op, a, b);
    };
  }
  return (frame) => {
    let left = first(frame);
    let result: Value = true;
    for (const { op, right } of steps) {
      if (result !== true) {
        const held: boolean | Foreign = runtime.decide(result);
        if (held instanceof Foreign)
          throw runtime.unknown('a chain of comparisons of values that only running the model gives');
        if (!held) return result;
      }
      const next = right(frame);
      runtime.at = node;
      result = runtime.compare(op, left, next);
      left = next;
    }
    return result;
  };
}

function compareQuickly(runtime: Runtime, op: Comparison['op'], a: Value, b: Value): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    switch (op) {
      case '<':
        return a < b;
      case '>':
        return a > b;
      case '<=':
        return a <= b;
      case '>=':
        return a >= b;
      case '==':
        return a === b;
      case '!=':
        return a !== b;
      default:
    }
  }
  return runtime.compare(op, a, b);
}

/** `a and b and …`, `a or b or …`. */
export function shortCircuit(
  compiler: Compiler,
  node: Expression & { kind: 'and' | 'or' },
  scope: Scope,
): Evaluate {
  const { runtime, expression } = compiler;
  const operands = node.operands.map((operand) => expression(operand, scope));
  const goesOn = node.kind === 'and';
  const from = (at: number): Evaluate => {
    const operand = operands[at] ?? (() => null);
    if (at >= operands.length - 1) return operand;
    const rest = from(at + 1);
    return (frame) => {
      const value = operand(frame);
      runtime.at = node;
      const held = runtime.decide(value);
      if (!(held instanceof Foreign)) return held === goesOn ? rest(frame) : value;
      const same = () => value;
      return decideValue(runtime, frame, scope, held, goesOn ? rest : same, goesOn ? same : rest);
    };
  };
  return from(0);
}

/** `then if test else otherwise`. */
export function conditional(
  compiler: Compiler,
  node: Expression & { kind: 'conditional' },
  scope: Scope,
): Evaluate {
  const { runtime, expression } = compiler;
  const test = expression(node.test, scope);
  const [then, otherwise] = [expression(node.then, scope), expression(node.otherwise, scope)];
  return (frame) => {
    const value = test(frame);
    runtime.at = node;
    const held = runtime.decide(value);
    if (held instanceof Foreign) return decideValue(runtime, frame, scope, held, then, otherwise);
    return held ? then(frame) : otherwise(frame);
  };
}
