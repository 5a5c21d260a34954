import type { Dtype } from '../core/dtype';
import type { Shape } from '../core/shape';

/**
 * An ONNX model in memory. Plain data: passes copy what they change and share the rest, and weights stay
 * slices of the file they came from until somebody reads them (`data.ts`).
 * @see https://onnx.ai/onnx/repo-docs/IR.html
 */
export interface Model {
  /** The name of the file, for sentences. */
  file: string;
  irVersion: number;
  /** Domain → version; `''` is ai.onnx. */
  opsets: ReadonlyMap<string, number>;
  producer: { name: string; version: string };
  domain: string;
  version: bigint;
  doc: string;
  metadata: Metadata;
  graph: Graph;
  functions: readonly FunctionBody[];
  training: readonly Training[];
  extra?: Extra;
}

/** A graph: the model's own, or one that a node holds in an attribute. Nodes may stand in any order. */
export interface Graph {
  name: string;
  doc: string;
  inputs: readonly Value[];
  outputs: readonly Value[];
  /** What the file says of values inside the graph. */
  values: readonly Value[];
  initializers: readonly Tensor[];
  sparse: readonly SparseTensor[];
  nodes: readonly Node[];
  quantization: readonly { tensor: string; parameters: Metadata }[];
  metadata: Metadata;
  extra?: Extra;
}

/** One operation: named values in, named values out; `''` stands for one left out. */
export interface Node {
  name: string;
  op: string;
  /** `''` is ai.onnx. */
  domain: string;
  overload: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: ReadonlyMap<string, Attribute>;
  doc: string;
  metadata: Metadata;
  extra?: Extra;
}

/** A named value and what is said of its type; `null` where nothing is. */
export interface Value {
  name: string;
  type: Type | null;
  doc: string;
  metadata: Metadata;
}

/** The type of a value. A tensor's dtype is `null` where the file leaves it open. */
export type Type =
  | { kind: 'tensor' | 'sparse'; dtype: Dtype | null; shape: Shape; denotation?: string }
  | { kind: 'sequence' | 'optional'; of: Type; denotation?: string }
  | { kind: 'map'; key: Dtype; value: Type; denotation?: string }
  | { kind: 'opaque'; domain: string; name: string; denotation?: string };

/** An attribute's value. Integers are 64 bits wide: `Slice` ends at 2⁶³ - 1. */
export type Attribute = (
  | { kind: 'float'; value: number }
  | { kind: 'int'; value: bigint }
  | { kind: 'string'; value: Uint8Array }
  | { kind: 'tensor'; value: Tensor }
  | { kind: 'graph'; value: Graph }
  | { kind: 'sparse'; value: SparseTensor }
  | { kind: 'type'; value: Type }
  | { kind: 'floats'; value: readonly number[] }
  | { kind: 'ints'; value: readonly bigint[] }
  | { kind: 'strings'; value: readonly Uint8Array[] }
  | { kind: 'tensors'; value: readonly Tensor[] }
  | { kind: 'graphs'; value: readonly Graph[] }
  | { kind: 'sparses'; value: readonly SparseTensor[] }
  | { kind: 'types'; value: readonly Type[] }
  /** Taken from the attribute `name` of the enclosing function; `of` is what it will be. */
  | { kind: 'reference'; name: string; of: number }
) & { doc?: string };

/** A constant: element type, dimensions and where its elements lie. */
export interface Tensor {
  name: string;
  dtype: Dtype;
  dims: readonly number[];
  data: TensorData;
  doc: string;
  metadata: Metadata;
}

/**
 * Where a tensor's elements lie: packed little-endian bytes in memory, the same as a slice of a file, strings
 * (UTF-8), or a stretch of another file, whose `blob` is `null` when that file is not here.
 */
export type TensorData =
  | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'blob'; blob: Blob }
  | { kind: 'strings'; values: readonly Uint8Array[] }
  | External;

export interface External {
  kind: 'external';
  /** The file of the model that says so, for sentences. */
  file: string;
  location: string;
  offset: number;
  bytes: number;
  blob: Blob | null;
}

/** A tensor of mostly zeros: its other values, and where they stand. */
export interface SparseTensor {
  values: Tensor;
  indices: Tensor;
  dims: readonly number[];
}

/** A model-local function: an operator written as a graph of other operators. */
export interface FunctionBody {
  name: string;
  domain: string;
  overload: string;
  doc: string;
  inputs: readonly string[];
  outputs: readonly string[];
  /** Attributes that a call must give. */
  attributes: readonly string[];
  defaults: ReadonlyMap<string, Attribute>;
  opsets: ReadonlyMap<string, number>;
  nodes: readonly Node[];
  values: readonly Value[];
  metadata: Metadata;
}

/** How the model says it is trained; carried through, never run. */
export interface Training {
  initialization: Graph | null;
  algorithm: Graph | null;
  initializationBinding: Metadata;
  updateBinding: Metadata;
}

export type Metadata = ReadonlyMap<string, string>;

/** Fields of the file that the IR has no word for; a writer of the same format puts them back. */
export type Extra = readonly { readonly no: number; readonly wireType: number; readonly data: Uint8Array }[];
