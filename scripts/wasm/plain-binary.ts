import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { narrowMoves } from './narrow-moves.ts';

/** ONNX Runtime Web's plain binary as the page runs it: with its moves narrowed; in a buffer of its own. */
export async function plainBinary(): Promise<Uint8Array<ArrayBuffer>> {
  const path = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
  const { bytes } = narrowMoves(await readFile(path));
  if (!WebAssembly.validate(bytes))
    throw new Error(`${path} is no WebAssembly any more with its moves narrowed.`);
  return bytes.slice();
}
