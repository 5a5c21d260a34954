import type { InferenceSession } from 'onnxruntime-web';
import type { RunnableModel } from '../core/runnable';
import type { OrtModule } from './ort';

/** Where a model runs. Their order of preference is the list in `backends/index.ts`. */
export type BackendId = 'webgpu' | 'wasm';

export type { InferenceSession };

/** An opened session and what is known of where its nodes run. */
export interface Opened {
  session: InferenceSession;
  /** Operators that run on the CPU although the session is on the GPU; empty when every node is where it should be. */
  elsewhere: string[];
}

/** One execution provider of ONNX Runtime, opened alone so that it is always known which one runs. */
export interface Backend {
  id: BackendId;
  label: string;
  /** Makes the device ready; throws `device_*` with the reason before ONNX Runtime is asked. */
  prepare(ort: OrtModule): Promise<void>;
  open(ort: OrtModule, model: RunnableModel): Promise<Opened>;
  /** Why the device is gone for good in this worker; null while it is there. */
  lost(): string | null;
  /** GPU dispatches since the worker began; 0 where there are none. */
  dispatches(): number;
}
