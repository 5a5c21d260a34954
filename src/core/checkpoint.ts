import type { Dtype } from './dtype';

/** How a checkpoint is stored, as `inkling inspect` names it. */
export type CheckpointFormat =
  | 'pytorch-zip'
  | 'pytorch-legacy'
  | 'pytorch-tar'
  | 'torchscript'
  | 'torch-export'
  | 'safetensors'
  | 'npz'
  | 'npy'
  | 'lean'
  | 'pickle';

/**
 * What a file of weights holds, as plain data that crosses workers. Elements stay in the file until somebody reads
 * them (`formats/checkpoint/elements.ts`).
 */
export interface Checkpoint {
  /** The name of the file, for sentences. */
  file: string;
  format: CheckpointFormat;
  layout: Layout;
  /** What a model would load, by dotted path below the state dict. */
  tensors: readonly NamedTensor[];
  /** Everything the file says, as it says it; tensors are among it. May refer to itself. */
  root: Value;
  /** What is kept beside the weights and the optimizer: epoch, metrics, hyperparameters. */
  entries: ReadonlyMap<string, Value>;
  optimizers: readonly OptimizerFacts[];
  /** A module that was pickled whole, or a TorchScript program. */
  module: ModuleNode | null;
  /** Source texts that the file carries. */
  sources: readonly SourceText[];
  /** Every `module.name` that loading it in Python would import, sorted. */
  imports: readonly string[];
  /** What loading it in Python would run; a file with any is unsafe. */
  findings: readonly Finding[];
  sizes: CheckpointSizes;
  /** What can be dropped without losing the weights, in words. */
  droppable: readonly string[];
  sketch: Sketch;
  problems: readonly { code: string; text: string }[];
}

/** How the entries of a checkpoint are arranged. */
export type Layout =
  | 'state dict'
  | 'checkpoint'
  | 'lightning'
  | 'module'
  | 'tensor'
  | 'arrays'
  | 'program'
  | 'ensemble'
  | 'other';

/** A tensor by a name that leads to it; two names may lead to one tensor. */
export interface NamedTensor {
  name: string;
  tensor: StoredTensor;
}

/** A view of a storage: which elements, in which order; strides and offset count elements, not bytes. */
export interface StoredTensor {
  kind: 'tensor';
  dtype: Dtype;
  dims: readonly number[];
  strides: readonly number[];
  offset: number;
  storage: Storage;
  role: 'tensor' | 'parameter' | 'buffer';
  /** Where the elements are steps of a scale. */
  quantization: Quantization | null;
  /** Where only some elements are kept: their places and values; `storage` is then empty. */
  sparse: SparseParts | null;
}

/** Elements kept together, which tensors view; the same object where two tensors share their memory. */
export interface Storage {
  kind: 'storage';
  key: string;
  dtype: Dtype;
  bytes: number;
  /** Where the elements were when they were saved: `cpu`, `cuda:0`. */
  device: string;
  bigEndian: boolean;
  /** A slice of the file. `null` where the file keeps none: tensors of the meta device, and empty ones. */
  blob: Blob | null;
  /** Whether the slice is compressed (raw deflate) and which of the unpacked bytes come first. */
  packed: { skip: number } | null;
}

export type Quantization =
  | { kind: 'tensor'; scale: number; zeroPoint: number }
  | { kind: 'channel'; axis: number; scales: StoredTensor; zeroPoints: StoredTensor };

/** `coo`: one column of `indices` a value; `csr` and its relatives: where rows begin, and columns. */
export interface SparseParts {
  layout: 'coo' | 'csr' | 'csc' | 'bsr' | 'bsc';
  indices: readonly StoredTensor[];
  values: StoredTensor;
}

/** What a pickle holds, inert: nothing here was ever run. Containers may hold themselves. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Bytes
  | Sequence
  | Dictionary
  | StoredTensor
  | Storage
  | Named
  | Opaque;

interface Bytes {
  kind: 'bytes';
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Sequence {
  kind: 'list' | 'tuple' | 'set';
  items: Value[];
}

/** A dict, or a class that is one (`collections.OrderedDict`). */
export interface Dictionary {
  kind: 'dict';
  type: string;
  entries: Map<Value, Value>;
  /** What else the object carries, such as a state dict's `_metadata`. */
  state: Value;
}

/** A class, function or constant that is named and not run: `torch.float16`. */
export interface Named {
  kind: 'named';
  name: string;
}

/** An object of a class that is not loaded here: how Python would make it, and what it would fill it with. */
export interface Opaque {
  kind: 'object';
  name: string;
  arguments: readonly Value[];
  state: Value;
  /** What it holds as a list or dict besides. */
  items: Value[];
  entries: Map<Value, Value>;
}

/** Something that Python would do on loading. */
export interface Finding {
  /** The function or class: `posix.system`. */
  name: string;
  /** What it would do, as a sentence. */
  text: string;
  /** The part of the file and the byte in it. */
  place: string;
}

export interface SourceText {
  name: string;
  text: string;
}

/** What an optimizer keeps between steps. */
export interface OptimizerFacts {
  /** The entry that holds it. */
  entry: string;
  /** `Adam`, `SGD`, as far as its state tells; `null` where it does not. */
  algorithm: string | null;
  groups: readonly ReadonlyMap<string, Value>[];
  /** Steps taken, where it says. */
  step: number | null;
  tensors: readonly NamedTensor[];
}

/** A module of a pickled network or of a program. */
export interface ModuleNode {
  name: string;
  /** `torch.nn.modules.linear.Linear` */
  type: string;
  attributes: ReadonlyMap<string, Value>;
  parameters: readonly NamedTensor[];
  buffers: readonly NamedTensor[];
  children: readonly ModuleNode[];
  /** What a TorchScript class can be called with: `forward(self, x: Tensor) -> Tensor`. */
  methods: readonly string[];
}

/** Bytes, storages that are shared counted once. */
interface CheckpointSizes {
  file: number;
  weights: number;
  optimizer: number;
}

/** What names and shapes tell of the architecture. */
export interface Sketch {
  layers: readonly SketchedLayer[];
  /** What names and shapes cannot tell of it, in words. */
  unknown: readonly string[];
}

export interface SketchedLayer {
  /** The prefix of its tensors' names. */
  name: string;
  /** `Linear`, `Conv2d`, `LSTM`, … */
  type: string;
  /** `784 → 128`, `3 × 3, 1 → 32`. */
  says: string;
  parameters: number;
}
