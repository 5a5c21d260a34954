import { invariant } from '../../core/problem';
import { Foreign, type Conversion, type Machine, type Value } from '../../python';
import { callAten } from '../operators/operators';
import type { Bounds } from '../tape/bounds';
import { dimOf, type Size, type SymInt } from '../tape/size';
import type { Tape } from '../tape/tape';
import { Tensor } from '../tape/tensor';

/** A comparison of sizes that holds for some numbers and not for others. */
export class SizeTest extends Foreign {
  readonly typeName = 'bool';
  readonly tape: Tape;
  readonly op: string;
  readonly left: Size;
  readonly right: Size;

  constructor(tape: Tape, op: string, left: Size, right: Size) {
    super();
    this.tape = tape;
    this.op = op;
    this.left = left;
    this.right = right;
  }

  /** As a tensor that is computed when the model runs. */
  get tensor(): Tensor {
    const sides = [this.left, this.right].map((size) => this.tape.scalar(asScalar(size), 'int64'));
    const result = callAten(this.tape, tests.get(this.op)?.name ?? '', sides);
    invariant(result instanceof Tensor, 'a comparison gives a tensor');
    return result;
  }

  /** Whether it asks only for sizes that inputs are free in. */
  get isOfInputs(): boolean {
    return [this.left, this.right].every((size) => this.tape.sizeNames.isOfInputs(size));
  }

  override truth(): null {
    return null;
  }

  override not(): Value {
    return new SizeTest(this.tape, tests.get(this.op)?.opposite ?? '', this.left, this.right);
  }

  override convert(machine: Machine, to: Conversion): Value {
    return to === 'bool' ? this : super.convert(machine, to);
  }

  override repr(): string {
    return `${String(dimOf(this.left))} ${this.op} ${String(dimOf(this.right))}`;
  }
}

const tests = new Map([
  ['==', { name: 'aten::eq', opposite: '!=' }],
  ['!=', { name: 'aten::ne', opposite: '==' }],
  ['<', { name: 'aten::lt', opposite: '>=' }],
  ['<=', { name: 'aten::le', opposite: '>' }],
  ['>', { name: 'aten::gt', opposite: '<=' }],
  ['>=', { name: 'aten::ge', opposite: '<' }],
]);

function asScalar(size: Size): bigint | SymInt {
  return typeof size === 'number' ? BigInt(size) : size;
}

/** Whether `a op b` holds for all that `a - b` can be; `null` where it depends. */
export function holds(op: string, [least, most]: Bounds): boolean | null {
  const decided = (always: boolean, never: boolean) => (always ? true : never ? false : null);
  switch (op) {
    case '==':
      return decided(least === 0 && most === 0, least > 0 || most < 0);
    case '!=':
      return decided(least > 0 || most < 0, least === 0 && most === 0);
    case '<':
      return decided(most < 0, least >= 0);
    case '<=':
      return decided(most <= 0, least > 0);
    case '>':
      return decided(least > 0, most <= 0);
    case '>=':
      return decided(least >= 0, most < 0);
    default:
      return null;
  }
}
