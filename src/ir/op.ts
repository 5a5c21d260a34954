import type { Dtype } from '../core/dtype';
import type { Dim, Shape } from '../core/shape';
import type { Node, Tensor, Type } from './model';
import type { Move } from './moves';

/** What is known of a tensor before anything runs. */
export interface Known {
  dtype: Dtype | null;
  shape: Shape;
  /** The elements of a small tensor of numbers; a name where one is a named dimension, `null` for one unknown. */
  elements?: readonly Dim[] | null;
  /** What it is where it is no tensor; dtype and shape are `null` then. */
  type?: Container | null;
}

/** A type that is no tensor: a sequence, an optional, a map or something opaque. */
export type Container = Exclude<Type, { kind: 'tensor' | 'sparse' }>;

/** How few and how many of something a node may have. */
export type Arity = readonly [least: number, most: number];

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
  /** Numbers in an attribute, one or a list, whole or not; `null` where it is absent. */
  numbers(name: string): readonly number[] | null;
  /** The dtype an attribute names by its number. */
  dtype(name: string, otherwise: Dtype | null): Dtype | null;
  /** What the graph in an attribute gives for these inputs; `null` where there is none, or where it was not followed. */
  body(name: string, inputs: readonly Known[]): readonly Known[] | null;
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
  /** Over all its versions, trailing ones that are left out not counted. */
  inputs: Arity;
  outputs: Arity;
  /** Attributes that every version demands. */
  requires: readonly string[];
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
  knowledge: Omit<Operator, 'domain' | 'spec' | 'breaks' | 'moves' | 'outputs' | 'requires'> &
    Partial<Pick<Operator, 'domain' | 'breaks' | 'moves' | 'outputs' | 'requires'>>,
): Operator {
  const { type, domain = '', breaks = [], moves = {}, outputs = [1, 1], requires = [] } = knowledge;
  return { ...knowledge, domain, breaks, moves, outputs, requires, spec: specOf(domain, type) };
}

function specOf(domain: string, type: string): string {
  if (domain === 'com.microsoft') {
    return `https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#${domain}.${type}`;
  }
  return `https://onnx.ai/onnx/operators/onnx_${domain.replaceAll('.', '')}_${type}.html`;
}

/** Nothing known. */
export const unknown: Known = { dtype: null, shape: null };
