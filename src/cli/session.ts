import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { encodeOnnx } from '../formats/onnx';
import type { Model } from '../ir/model';
import { openInNode, type NodeSession } from '../runtime/node';

/** A model opened on ONNX Runtime's WASM build, the same that pages run; throws `graph_refused` and the like. */
export async function openSession(model: Model): Promise<NodeSession> {
  const path = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
  const binary = new Uint8Array(await readFile(path)).buffer;
  return openInNode({ name: model.file, graph: await encodeOnnx(model), external: [] }, binary);
}
