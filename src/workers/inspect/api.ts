import type { CheckpointOutline } from '../../core/checkpoint-outline';
import type { ModelDifference } from '../../core/difference';
import type { Edit } from '../../core/edit';
import type { ModelFacts } from '../../core/facts';
import type { Progress } from '../../core/job';
import type { Stretch } from '../../core/highlight';
import type { GraphEntry, GraphOutline, MemoryFacts } from '../../core/outline';
import type { RunnableModel } from '../../core/runnable';
import type { PlainTensor } from '../../core/tensor';
import type { Heat, TensorPlace, TensorReport } from '../../core/tensor-report';
import type { SavedAs } from '../../core/checkpoint-outline';
import type { Picture } from '../../graph/picture';
import type { TakenFile } from '../../core/taken-file';

/** One of the models that are looked at side by side. */
export type Pane = 'left' | 'right';

/** A model just opened: all that is said of it before anything of it runs. */
export interface Opened {
  kind: 'model';
  /** Its `sha256` is empty: hashing takes longer than everything else together. */
  facts: ModelFacts;
  memory: MemoryFacts;
  graphs: GraphEntry[];
  /** Ways of training that the file describes; they are never run. */
  training: number;
}

/** A checkpoint just opened: weights, and what is kept with them, but no graph. */
interface OpenedCheckpoint {
  kind: 'checkpoint';
  checkpoint: CheckpointOutline;
}

/** The worker that looks into models: it reads, counts and draws, keeps nothing and changes nothing. */
export interface Inspector {
  /** Opens a model for looking, in place of what the pane held. */
  open(pane: Pane, file: TakenFile, beside: TakenFile[]): Promise<Opened | OpenedCheckpoint>;
  /** One graph of the model as plain data; throws `graph_not_there`. */
  outline(pane: Pane, path: string): Promise<GraphOutline>;
  /** The picture of a graph with these groups folded; throws `graph_not_there`. */
  arrange(pane: Pane, path: string, folded: string[]): Promise<Picture>;
  /** Reads a tensor through; `null` for one of strings or complex numbers. */
  report(
    pane: Pane,
    place: TensorPlace,
    listener: (progress: Progress) => void,
  ): Promise<TensorReport | null>;
  /** A picture of a tensor at `leading` indices of all but its last two dimensions. */
  heat(pane: Pane, place: TensorPlace, leading: number[]): Promise<Heat | null>;
  /** Elements as text, `count` from the one numbered `from` on. */
  values(pane: Pane, place: TensorPlace, from: number, count: number): Promise<string[]>;
  /** A tensor as the bytes of a `.npy` file. */
  npy(pane: Pane, place: TensorPlace): Promise<Blob>;
  /** Where a Python source has comments, keywords, numbers, texts and definitions; it is read and not run. */
  highlight(text: string): Promise<Stretch[]>;
  /** The weights of a checkpoint alone; throws `save_type`. */
  saveWeights(pane: Pane, as: SavedAs, listener: (progress: Progress) => void): Promise<Blob>;
  /** The model as a runtime takes it, with `watched` values of its main graph as further outputs. */
  runnable(pane: Pane, watched: string[]): Promise<RunnableModel>;
  /** What the right model has that the left has not, and the other way round; weights number by number. */
  compare(listener: (progress: Progress) => void): Promise<ModelDifference>;
  /** For each node of the left main graph its place in the right one; -1 for those it has not. */
  match(): Promise<Int32Array>;
  /** The model with small changes as an ONNX file; throws `edit_refused` and what the checker finds new. */
  edit(pane: Pane, edits: Edit[]): Promise<Blob>;
  /** Arrays by name, from `.npy`, `.npz`, ONNX's `.pb` or a text of numbers; a single unnamed one under `''`. */
  arrays(file: TakenFile): Promise<Record<string, PlainTensor>>;
}
