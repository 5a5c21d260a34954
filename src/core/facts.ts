import type { Dtype } from './dtype';
import type { Problem } from './problem';
import type { Shape } from './shape';

/** An input or output of a model, as the screens and the shell show it. */
export interface PortFacts {
  name: string;
  /** A dtype for tensors, `sequence(float32)`, `map(int64,float32)` or `optional(…)` for the rest. */
  dtype: Dtype | (string & {});
  shape: Shape;
}

/** A value inside the graph that can be watched: its name, the node that makes it, what is known of its type. */
export interface ValueFacts extends PortFacts {
  operator: string;
  /** Elements for one batch, where the shape is known; 0 where it is not. */
  elements: number;
}

/** What an ONNX file is and holds, as plain data; the main graph only, unless a field says otherwise. */
export interface ModelFacts {
  format: 'onnx';
  bytes: number;
  sha256: string;
  irVersion: number;
  opsets: Record<string, number>;
  producer: { name: string; version: string };
  graph: string;
  doc: string;
  metadata: Record<string, string>;
  inputs: PortFacts[];
  outputs: PortFacts[];
  nodes: number;
  /** Operator → count; operators of other domains than ai.onnx carry theirs: `com.microsoft::MatMulNBits`. */
  operators: Record<string, number>;
  initializers: number;
  /** Elements of all initializers. */
  parameters: number;
  functions: number;
  subgraphs: number;
  externalData: { location: string; bytes: number }[];
  /** Multiply-accumulates of one run with every free dimension at 1; null where a shape stays unknown. */
  macs: number | null;
  /** Every intermediate tensor value, in the order the graph computes them. */
  values: ValueFacts[];
  problems: { code: Problem['code'] | `graph_${string}`; text: string }[];
}
