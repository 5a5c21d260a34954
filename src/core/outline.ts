import type { Dtype } from './dtype';
import type { PortFacts } from './facts';
import type { Dim, Shape } from './shape';

/** Where an operator runs in ONNX Runtime Web: on the backend itself, on the CPU behind it, or not at all. */
export type Support = { kind: 'runs' } | { kind: 'falls back' | 'cannot'; why: string };

/** What is said of a value inside a graph. */
export interface ValueOutline {
  name: string;
  dtype: Dtype | (string & {});
  shape: Shape;
  /** Bytes for one batch; `null` where dtype or shape is unknown. */
  bytes: number | null;
}

/** A constant tensor of a graph, without its elements. */
export interface TensorOutline {
  name: string;
  dtype: Dtype;
  dims: readonly number[];
  bytes: number;
  /** The file its elements lie in; `null` for the model's own. */
  location: string | null;
  /** Whether that file is here. */
  present: boolean;
  sparse: boolean;
  doc: string;
  metadata: Record<string, string>;
  /** Quantization annotations: role → tensor. */
  quantization: Record<string, string>;
}

/** An attribute as a person reads it. */
export interface AttributeOutline {
  name: string;
  kind: string;
  /** Numbers, text or a tensor's type, cut where it is long. */
  text: string;
  /** The graph it holds, for `GraphOutline.path`; `null` for everything else. */
  graph: string | null;
}

/** One node, with all that the screen says of it. */
export interface NodeOutline {
  /** Its place in the graph, stable for one file. */
  index: number;
  /** As the file says; often empty. */
  name: string;
  /** `Conv`, `com.microsoft::MatMulNBits`. */
  operator: string;
  /** Names of values; `''` for one left out. */
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: readonly AttributeOutline[];
  /** What the operator computes, in a sentence, and where it is specified; empty for unknown ones. */
  says: string;
  spec: string;
  doc: string;
  metadata: Record<string, string>;
  /** Multiply-accumulates of one run; `null` where unknown. */
  macs: number | null;
  /** Bytes of the constants it takes, and of what it makes. */
  weightBytes: number;
  activationBytes: number | null;
  /** The model-local function it calls, as `GraphOutline.path`; `null` for operators. */
  calls: string | null;
  /** By backend; `null` for an operator nobody has tried. */
  support: { wasm: Support; webgpu: Support } | null;
}

/** A graph as plain data: the main one, one that a node holds, or a function's body. */
export interface GraphOutline {
  /** `''` for the main graph, `7/then_branch` below node 7 of it, `domain::name` for a function. */
  path: string;
  kind: 'main' | 'subgraph' | 'function';
  title: string;
  doc: string;
  metadata: Record<string, string>;
  inputs: readonly PortFacts[];
  outputs: readonly PortFacts[];
  tensors: readonly TensorOutline[];
  nodes: readonly NodeOutline[];
  /** Every value that a node, an input or a constant gives, by name. */
  values: Record<string, ValueOutline>;
  /** Names of dimensions that are free. */
  free: readonly Dim[];
}

/** A graph that can be entered, for the list of graphs. */
export interface GraphEntry {
  path: string;
  kind: GraphOutline['kind'];
  title: string;
  nodes: number;
}

/** What a run keeps in memory, for one batch. */
export interface MemoryFacts {
  weightBytes: number;
  /** The most that values between nodes take at one time; `null` where a shape stays unknown. */
  peakBytes: number | null;
  /** The node during which that is, by its place in the main graph. */
  peakAt: number | null;
}
