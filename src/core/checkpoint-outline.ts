import type { Checkpoint } from './checkpoint';
import type { TensorOutline } from './outline';

/** A module of a pickled network or a program, without its tensors. */
export interface ModuleOutline {
  name: string;
  type: string;
  parameters: number;
  children: readonly ModuleOutline[];
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
  optimizers: readonly { entry: string; algorithm: string | null; step: number | null; tensors: number }[];
  module: ModuleOutline | null;
  sources: Checkpoint['sources'];
  imports: readonly string[];
  findings: Checkpoint['findings'];
  sizes: Checkpoint['sizes'];
  droppable: readonly string[];
  sketch: Checkpoint['sketch'];
  problems: readonly { text: string }[];
}
