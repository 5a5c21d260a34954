import type { Backend, BackendId } from '../backend';
import { wasm } from './wasm';
import { webgpu } from './webgpu';

/** Every backend, in order of preference. */
export const backends: readonly Backend[] = [webgpu, wasm];

/** The backend of that id. */
export function backendOf(id: BackendId): Backend {
  return id === 'webgpu' ? webgpu : wasm;
}
