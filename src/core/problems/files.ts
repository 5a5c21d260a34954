import { formatBytes, formatCount } from '../format';
import { entry } from './entry';

/** Problems with what is read and written. */
export const files = {
  file_empty: entry<{ file: string }>({
    title: 'This file is empty',
    text: ({ file }) => `${file} has 0 bytes.`,
    todo: 'Copy or download the file again, then drop it here.',
  }),
  file_unknown: entry<{ file: string; looksLike: string }>({
    title: 'Not a model Inkling can read',
    text: ({ file, looksLike }) => `${file} ${looksLike}.`,
    todo: 'Drop an ONNX model (.onnx), or a checkpoint (.pt, .safetensors, .npz) to look into it. Files that are really something else than their name says cannot be opened.',
  }),
  file_truncated: entry<{ file: string; place: string; expected: number; found: number }>({
    title: 'The file ends too early',
    text: ({ file, place, expected, found }) =>
      `In ${file}, ${place} needs ${formatCount(expected)} bytes; ${formatCount(found)} are left. The download is probably incomplete.`,
    todo: 'Download or copy the file again and compare its size with the original.',
  }),
  file_damaged: entry<{ file: string; place: string; reason: string }>({
    title: 'The file is damaged',
    text: ({ file, place, reason }) => `In ${file}, ${place}: ${reason}.`,
    todo: 'Download or export the file again. If it opens elsewhere, please report it with the copied details.',
  }),
  file_too_large: entry<{ file: string; bytes: number; limit: number }>({
    title: 'Too large for one ONNX file',
    text: ({ file, bytes, limit }) =>
      `${file} has ${formatBytes(bytes)}; a single ONNX file ends at ${formatBytes(limit)}, the limit of its protobuf encoding.`,
    todo: 'Export the model with external data (weights in a file of their own) and drop both files together.',
  }),
  file_unsafe: entry<{
    file: string;
    findings: readonly { name: string; text: string; place: string }[];
    imports: readonly string[];
  }>({
    title: 'Opening this file in Python would run something',
    text: ({ file, findings }) =>
      `Loading ${file} in Python ${findings[0] ? `${findings[0].text} (${findings[0].place})` : 'would run code'}${findings.length > 1 ? `, and ${formatCount(findings.length - 1)} more` : ''}. Nothing of it was run here, and it holds no tensors.`,
    todo: 'Do not load it with torch.load or pickle. Ask whoever made it for a safetensors file.',
  }),
  file_gone: entry<{ file: string }>({
    title: 'The file can no longer be read',
    text: ({ file }) => `${file} was moved, changed or removed after it was dropped.`,
    todo: 'Drop it again.',
  }),
  file_external_missing: entry<{ file: string; locations: readonly string[] }>({
    title: 'Weights are in another file',
    text: ({ file, locations }) =>
      `${file} keeps weights in ${locations.join(', ')}, which ${locations.length === 1 ? 'is' : 'are'} not here.`,
    todo: ({ locations }) => `Drop the model and ${locations.join(', ')} together, in one go.`,
  }),
  file_external_short: entry<{
    file: string;
    location: string;
    tensor: string;
    expected: number;
    found: number;
  }>({
    title: 'The weights file is too short',
    text: ({ file, location, tensor, expected, found }) =>
      `${file} says tensor ${tensor} ends at byte ${formatCount(expected)} of ${location}, which has ${formatCount(found)} bytes.`,
    todo: 'Copy the weights file again; it is probably incomplete or belongs to another model.',
  }),
  file_tensor_large: entry<{ tensor: string; dtype: string; dims: readonly number[]; limit: number }>({
    title: 'A tensor is too large to be looked at whole',
    text: ({ tensor, dtype, dims, limit }) =>
      `${tensor || 'The tensor'} is ${dtype} ${dims.join(' × ')}, more than the ${formatCount(limit)} elements that are unpacked at one time here.`,
    todo: 'Its name, type and shape are right; save it row-major and uncompressed, and its rows can be read one by one.',
  }),
  file_tensor_length: entry<{
    tensor: string;
    dtype: string;
    dims: readonly number[];
    expected: number;
    found: number;
  }>({
    title: 'A tensor has the wrong number of bytes',
    text: ({ tensor, dtype, dims, expected, found }) =>
      `Tensor ${tensor || 'without a name'} of ${dims.join(' × ') || 'one'} ${dtype} takes ${formatCount(expected)} bytes; the file gives it ${formatCount(found)}.`,
    todo: 'The file was written wrongly or is incomplete. Export the model again.',
  }),
  file_not_found: entry<{ file: string; reason: string }>({
    title: 'The file cannot be opened',
    text: ({ file, reason }) => `${file} cannot be opened: ${reason}.`,
    todo: 'Check the path.',
  }),
  file_not_written: entry<{ file: string; reason: string }>({
    title: 'The result cannot be written',
    text: ({ file, reason }) => `${file} cannot be written: ${reason}.`,
    todo: 'Check the path and that the disk has room.',
  }),
  file_archive_large: entry<{ file: string; files: number; bytes: number }>({
    title: 'Too much in one archive',
    text: ({ file, files, bytes }) =>
      `${file} holds ${formatCount(files)} files of ${formatBytes(bytes)} in all, more than a browser can unpack at one time.`,
    todo: 'Unpack it, and drop the folder or the files you want.',
  }),
  save_type: entry<{ tensor: string; dtype: string; format: string }>({
    title: 'The format has no such type',
    text: ({ tensor, dtype, format }) => `${tensor} is ${dtype}, which ${format} cannot hold.`,
    todo: 'Save the weights as .npz instead.',
  }),
  input_unreadable: entry<{ file: string; reason: string }>({
    title: 'This is no input for a model',
    text: ({ file, reason }) => `${file} ${reason}.`,
    todo: 'Give it a .npy or .npz file, an ONNX .pb tensor, an image, or a text of numbers.',
  }),
};
