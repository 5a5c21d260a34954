import type { Dtype } from '../core/dtype';
import type { Dim, Shape } from '../core/shape';
import type { Node, Tensor } from './model';
import type { Move } from './moves';

/** What is known of a tensor before anything runs. */
export interface Known {
  dtype: Dtype | null;
  shape: Shape;
  /** The elements of a small tensor of whole numbers; a name where one is a named dimension. */
  ints?: readonly Dim[] | null;
}

/** What an operator's knowledge is asked with: one node and what is known of its inputs. */
export interface Site {
  node: Node;
  /** The version of the operator's domain that the model imports. */
  opset: number;
  /** What is known of an input; nothing is known of one that is left out. */
  input(index: number): Known;
  has(index: number): boolean;
  int(name: string, otherwise: number): number;
  ints(name: string): number[] | null;
  string(name: string, otherwise: string): string;
  tensor(name: string): Tensor | null;
}

/** One ONNX operator: what it does to types and shapes, and what it costs. */
export interface Operator {
  type: string;
  /** `''` is ai.onnx. */
  domain: string;
  /** The operator set that brought it. */
  since: number;
  /** What it computes, for somebody who has not read the specification. */
  says: string;
  /** Where it is specified. */
  spec: string;
  /** Operator sets from which the same node means something else, or is no longer valid. */
  breaks: readonly number[];
  /** How a node is rewritten for such an operator set, where it can be. */
  moves: Readonly<Record<number, Move>>;
  infer(site: Site): Known[];
  /** Multiply-accumulates of one run; `null` while a dimension is unknown. Absent for those that have none. */
  macs?(site: Site, outputs: readonly Known[]): number | null;
}

/** An operator's knowledge with the usual filled in; the one export of each file in `ops/`. */
export function op(
  knowledge: Omit<Operator, 'domain' | 'spec' | 'breaks' | 'moves'> &
    Partial<Pick<Operator, 'domain' | 'breaks' | 'moves'>>,
): Operator {
  const { type, domain = '', breaks = [], moves = {} } = knowledge;
  const spec =
    domain === ''
      ? `https://onnx.ai/onnx/operators/onnx__${type}.html`
      : `https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#${domain}.${type}`;
  return { ...knowledge, domain, breaks, moves, spec };
}

/** Nothing known. */
export const unknown: Known = { dtype: null, shape: null };
