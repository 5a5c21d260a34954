import type { Checkpoint, SourceText } from '../core/checkpoint';
import type { Example } from '../core/example';
import type { PlainTensor } from '../core/tensor';
import type { Model } from '../ir/model';
import type { ReadElements } from './tape/initializers';

/** What is to be converted, and what people say of it. */
export interface Request {
  checkpoint: Checkpoint;
  /** Of the file, where it is known. */
  sha256?: string;
  /** Texts that came with it: sources and configurations. */
  files: readonly SourceText[];
  /** What was answered, by the id of the question. */
  answers: Readonly<Record<string, string>>;
  /** Inputs as the model takes them; none where the program says that itself. */
  examples: readonly Example[];
  opset: number;
  /** Reads elements of the checkpoint: `readElements` of the formats. */
  read: ReadElements;
  /** Recorded inputs and outputs to compare with. */
  proof: Proof | null;
}

/** What PyTorch gave for these inputs. Names are those of the program, or arrays are in its order. */
export interface Proof {
  inputs: ReadonlyMap<string, PlainTensor>;
  outputs: ReadonlyMap<string, PlainTensor>;
  /** The largest difference that still proves it. */
  tolerance: number;
  run(model: Model, feeds: Readonly<Record<string, PlainTensor>>): Promise<Record<string, PlainTensor>>;
}

/** Which of an example's sizes a translation leaves free. */
export interface Freedom {
  /**
   * `all` that may differ from run to run: those that are `likely` to (steps of sequences, nodes and edges of graphs)
   * and more that only trying tells (frames of a video); the `batch` alone; or `none`. Each is tried after the one
   * before ended in gaps.
   */
  extent: 'all' | 'likely' | 'batch' | 'none';
  /** Names of sizes that turned out to be one number. */
  but: ReadonlySet<string>;
}
