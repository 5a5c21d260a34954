import { invariant } from '../../core/problem';
import type { Backend, BackendId } from '../backend';
import { wasm } from './wasm';
import { webgpu } from './webgpu';

/** Every backend, in order of preference. */
const backends: readonly Backend[] = [webgpu, wasm];

/** The backend of that id. */
export function backendOf(id: BackendId): Backend {
  const backend = backends.find((each) => each.id === id);
  invariant(backend, `there is a backend ${id}`);
  return backend;
}
