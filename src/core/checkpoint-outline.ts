import type { Checkpoint } from './checkpoint';
import type { TensorOutline } from './outline';

/** What the weights of a checkpoint can be saved as. */
export type SavedAs = 'safetensors' | 'npz';

/** A module of a pickled network or a program, without its tensors. */
export interface ModuleOutline {
  name: string;
  type: string;
  parameters: number;
  children: readonly ModuleOutline[];
}

/** What an optimizer keeps between steps. */
interface OptimizerOutline {
  /** The entry that holds it. */
  entry: string;
  algorithm: string | null;
  step: number | null;
  /** Learning rate and what else is set, by group of parameters, as JSON has it. */
  groups: readonly Record<string, unknown>[];
  tensors: readonly TensorOutline[];
}

/** What a checkpoint is and holds, for the screen: nothing of its elements. */
export interface CheckpointOutline {
  format: Checkpoint['format'];
  layout: Checkpoint['layout'];
  bytes: number;
  tensors: readonly TensorOutline[];
  /** Elements of all tensors. */
  parameters: number;
  /** Epoch, metrics, hyperparameters and the rest, as JSON has them. */
  entries: Record<string, unknown>;
  optimizers: readonly OptimizerOutline[];
  module: ModuleOutline | null;
  sources: Checkpoint['sources'];
  imports: readonly string[];
  findings: Checkpoint['findings'];
  sizes: Checkpoint['sizes'];
  droppable: readonly string[];
  sketch: Checkpoint['sketch'];
  problems: readonly { text: string }[];
}
