import type { PlainTensor } from '../../core/tensor';
import type { RunnableModel } from '../../core/runnable';
import type { BackendId } from '../../runtime/backend';
import type { BuildId } from '../../runtime/probe-facts';

export type { BuildId, Probe } from '../../runtime/probe-facts';
export type { BackendId };

/** How a worker is set up; a worker runs one backend for its whole life. */
export interface RuntimeOptions {
  backend: BackendId;
  build: BuildId;
  threads: number;
  /** The runtime as another worker of the page compiled it. */
  module?: WebAssembly.Module;
}

/** What is known of an opened session. */
export interface SessionFacts {
  inputs: string[];
  outputs: string[];
  /** Operators that run on the CPU although the session is on the GPU. */
  elsewhere: string[];
  openMs: number;
}

/** One run of one open session. */
export interface RunJob {
  id: string;
  feeds: Record<string, PlainTensor>;
  /** Outputs wanted; empty for all. */
  fetches: string[];
}

export interface RunResult {
  outputs: Record<string, PlainTensor>;
  /** Milliseconds of `session.run` alone. */
  ms: number;
  /** GPU dispatches of this run. */
  dispatches: number;
}

/** How long one node took. */
export interface NodeTime {
  /** The node's name, or that of what ONNX Runtime fused it into. */
  name: string;
  operator: string;
  /** Median milliseconds of its kernel. */
  ms: number;
}

/** The worker that owns ONNX Runtime; what it holds is lost with it, the owner reopens. */
export interface RuntimeWorker {
  /** Loads the runtime; gives its compiled binary. */
  start(options: RuntimeOptions): Promise<WebAssembly.Module>;
  open(id: string, model: RunnableModel): Promise<SessionFacts>;
  /** Runs jobs in order; the first that fails ends the call. */
  run(jobs: RunJob[]): Promise<RunResult[]>;
  release(id: string): Promise<void>;
  /** Opens a model apart, runs it and gives the time of each node, in the order they ran. */
  profile(model: RunnableModel, feeds: Record<string, PlainTensor>, runs: number): Promise<NodeTime[]>;
  /** Stores the runtime's binary for other workers and visits, if it is not stored yet. */
  keep(): Promise<void>;
}
