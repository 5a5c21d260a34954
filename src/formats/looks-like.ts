import { formatCount } from '../core/format';
import type { Probe } from './probe';

/**
 * What a file that no reader takes seems to be, as the end of a sentence that begins with its name: `looks like
 * plain text`. From the first 4 KiB, and the list of files at the end of a zip archive.
 */
export async function looksLike(probe: Probe): Promise<string> {
  const head = await probe.head();
  const text = latin1.decode(head);
  if (['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].some((begin) => text.startsWith(begin))) {
    return describeZip(text, await probe.tail(), await probe.names());
  }
  const magic = magics.find(([begin]) => begin.test(text));
  if (magic !== undefined) return magic[1];
  const pointer = /^version https:\/\/git-lfs\.github\.com[\s\S]*?\nsize (\d+)/.exec(text);
  if (pointer)
    return `is a Git LFS pointer; the real file has ${formatCount(Number(pointer[1]))} bytes and was not downloaded`;
  if (/^\s*(<!doctype html|<html|<head)/i.test(text))
    return 'looks like an HTML page, as a failed download leaves';
  if (/^\s*<(\?xml|[a-z])/i.test(text)) return 'looks like XML';
  if (isText(head)) return describeText(text);
  if (head.every((byte) => byte === 0)) return 'begins with nothing but zeros';
  return 'looks like no model format known here';
}

const latin1 = new TextDecoder('latin1');

/* eslint-disable no-control-regex -- magic numbers are control characters */
/** How a file begins → what it looks like; the more specific first. */
const magics: readonly (readonly [RegExp, string])[] = [
  [/^GGUF/, 'is a GGUF file of llama.cpp'],
  [/^\x89HDF\r\n/, 'is an HDF5 file, as Keras writes'],
  [/^[\s\S]{4}TFL3/, 'is a TensorFlow Lite model'],
  [/^[\s\S]{4}ORTM/, 'is an ONNX Runtime model (.ort)'],
  [/^[\s\S]{8}\{\s*"/, 'is a safetensors file: weights without a graph'],
  [/^\x93NUMPY/, 'is a NumPy array (.npy)'],
  [/^\x80[\x02-\x05]\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19/, 'is a PyTorch checkpoint of the old pickle layout'],
  [/^\x80[\x02-\x05]/, 'is a Python pickle'],
  [/^\x89PNG\r\n/, 'is a PNG image'],
  [/^\xff\xd8\xff/, 'is a JPEG image'],
  [/^GIF8[79]a/, 'is a GIF image'],
  [/^RIFF[\s\S]{4}WEBP/, 'is a WebP image'],
  [/^%PDF-/, 'is a PDF document'],
  [/^\x1f\x8b/, 'is compressed with gzip; unpack it first'],
  [/^7z\xbc\xaf/, 'is a 7z archive; unpack it first'],
  [/^Rar!/, 'is a RAR archive; unpack it first'],
  [/^\(\xb5\/\xfd/, 'is compressed with zstd; unpack it first'],
  [/^BZh/, 'is compressed with bzip2; unpack it first'],
  [/^\x00asm/, 'is a WebAssembly module'],
  [/^\x7fELF/, 'is a program'],
  [/^[\s\S]{257}ustar/, 'is a tar archive; unpack it first'],
  [/^\x08[\x00-\x02]\x12[\s\S]*(Placeholder|serve|tag|saved_model)/, 'is a TensorFlow SavedModel'],
  [/^\n[\s\S]{1,3}\n[\s\S]{1,80}\x12\x0b?(Placeholder|Const|VariableV2)/, 'is a TensorFlow graph'],
];

/* eslint-enable no-control-regex */

function describeZip(head: string, tail: Uint8Array, names: readonly string[]): string {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (head.startsWith('PK\x07\x08') || partOf(tail)) {
    return 'is one part of a zip archive in several parts; join them first';
  }
  if ((head.charCodeAt(6) & 1) === 1) return 'is an encrypted zip archive; unpack it with its password first';
  if (has(/serialized_exported_program|(^|\/)models\/[^/]+\.json$/))
    return 'is a torch.export program (.pt2)';
  if (has(/(^|\/)data\.pkl$/)) {
    return has(/\/code\/|constants\.pkl$/)
      ? 'is a TorchScript archive'
      : 'is a PyTorch checkpoint: weights without a graph';
  }
  if (has(/(^|\/)model\.json$/) && has(/(^|\/)tensors\/\d+$/)) {
    return 'is a TorchScript archive of PyTorch 1.0 to 1.3; load it with PyTorch 1.4 or newer and save it again';
  }
  if (has(/\.keras$|model\.weights\.h5$/)) return 'is a Keras model';
  if (has(/\.mlmodel$|\.mlpackage/)) return 'is a zip archive with a Core ML model';
  if (has(/saved_model\.pb$/)) return 'is a zip archive with a TensorFlow SavedModel';
  if (has(/\.npy$/)) return 'is an archive of NumPy arrays (.npz)';
  const model = names.find((name) => /\.(onnx|pt|pth|safetensors|ckpt)$/.test(name));
  if (model !== undefined) {
    const kind = model.endsWith('.onnx') ? 'an ONNX model' : `a model (${model})`;
    return `is a zip archive with ${kind} in it; unpack it first`;
  }
  return 'is a zip archive';
}

/** Whether the end of an archive says that it is one disk of several. */
function partOf(tail: Uint8Array): boolean {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) === 0x06054b50) {
      const disk = view.getUint16(at + 4, true);
      return disk !== 0 && disk !== 0xffff;
    }
  }
  return false;
}

function describeText(text: string): string {
  if (/^\s*[[{]/.test(text)) return 'looks like JSON';
  if (/^\s*(import|from|def|class|#!.*python)\b/m.test(text)) return 'looks like Python source';
  return 'looks like plain text';
}

/** No control characters but those of text, in what may be UTF-8. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
}
