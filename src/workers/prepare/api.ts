import type { RunnableModel } from '../../core/runnable';
import type { TakenFile } from '../../core/taken-file';
import type { PlainTensor } from '../../core/tensor';

/** The worker that makes models and inputs ready for a run. Its calls are short, and wait for no conversion. */
export interface Preparer {
  /** Arrays by name, from `.npy`, `.npz`, ONNX's `.pb` or a text of numbers; a single unnamed one under `''`. */
  arrays(file: TakenFile): Promise<Record<string, PlainTensor>>;
  /** A model as a small graph with its weights beside it. */
  runnable(file: TakenFile, external: TakenFile[]): Promise<RunnableModel>;
  /** A model with `values` of its graph as additional outputs. */
  expose(file: TakenFile, external: TakenFile[], values: string[]): Promise<RunnableModel>;
  /** The same model as WebGPU computes it rightly: itself, or a copy that goes around what is wrong there. */
  forWebgpu(model: RunnableModel): Promise<RunnableModel>;
}
