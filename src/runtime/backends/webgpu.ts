/** The GPU, through ONNX Runtime's WebGPU execution provider. */
import { AppError } from '../../core/problem';
import type { RunnableModel } from '../../core/runnable';
import type { Backend, Opened } from '../backend';
import type { OrtModule } from '../ort';
import { attachEar } from '../ear';
import { hearPlacement } from '../placement';
import { createSession } from '../session';

let dispatched = 0;
let lost: string | null = null;
let watched: GPUDevice | null = null;

export const webgpu: Backend = {
  id: 'webgpu',
  label: 'WebGPU',
  prepare,
  open,
  lost: () => lost,
  dispatches: () => dispatched,
};

/**
 * Asks for a device before ONNX Runtime does: when *its* request is refused, no session of any kind can be
 * created in that worker again.
 */
async function prepare(): Promise<void> {
  const gpu = (navigator as { gpu?: GPU }).gpu;
  const adapter = await gpu?.requestAdapter();
  if (!adapter) throw new AppError('device_no_webgpu', { reason: 'No graphics adapter was found.' });
  try {
    const device = await adapter.requestDevice();
    device.destroy();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('device_refused', { reason });
  }
  attachEar();
  countDispatches();
}

/** First with every node bound to the GPU; if ONNX Runtime refuses that, mixed, with the nodes left on the CPU named. */
async function open(ort: OrtModule, model: RunnableModel): Promise<Opened> {
  try {
    const session = await createSession(ort, model, {
      executionProviders: ['webgpu'],
      logSeverityLevel: 4,
      extra: { session: { disable_cpu_ep_fallback: '1' } },
    });
    await watchDevice(ort);
    return { session, elsewhere: [] };
  } catch (error) {
    if (!(error instanceof AppError) || !error.message.includes('fallback to CPU EP')) throw error;
  }
  const session = await createSession(ort, model, { executionProviders: ['webgpu'] });
  // A second session only tells where its nodes are: a verbose one would go on talking at every run.
  const { result, onCpu } = await hearPlacement(() =>
    createSession(ort, model, { executionProviders: ['webgpu'], logSeverityLevel: 0 }),
  );
  await result.release();
  await watchDevice(ort);
  return { session, elsewhere: onCpu };
}

/** ONNX Runtime's device exists once a session does; with the last session it is destroyed on purpose. */
async function watchDevice(ort: OrtModule): Promise<void> {
  const device = await ort.env.webgpu.device;
  if (device === watched) return;
  watched = device;
  void device.lost.then(({ reason, message }) => {
    if (reason !== 'destroyed' && device === watched) lost = message || 'no reason was given';
  });
}

/** Counts compute dispatches: the proof that the GPU did the work. */
function countDispatches(): void {
  const { prototype } = GPUComputePassEncoder;
  for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'] as const) {
    const original = Object.getOwnPropertyDescriptor(prototype, name)?.value as (...args: unknown[]) => void;
    Object.defineProperty(prototype, name, {
      value(this: GPUComputePassEncoder, ...args: unknown[]) {
        dispatched += 1;
        original.apply(this, args);
      },
    });
  }
}
