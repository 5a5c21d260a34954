/** The plain facts that the runtime's parts tell each other and the screen. */

/** ONNX Runtime Web's builds: each is one binary, a visit loads one of them. */
export type BuildId = 'jspi' | 'asyncify' | 'wasm';

/** What the browser tells of its graphics adapter. */
export interface AdapterFacts {
  vendor: string;
  architecture: string;
  description: string;
  /** Whether it is emulated on the CPU (`isFallbackAdapter`). */
  software: boolean;
  /** Whether shaders may compute in float16. */
  f16: boolean;
  maxBufferBytes: number;
}

/** What was found before ONNX Runtime saw anything. */
export interface Probe {
  build: BuildId;
  adapter: AdapterFacts | null;
  /** Null when WebGPU can be tried; else why it is not, in a sentence. */
  webgpu: string | null;
}
