import { formatBytes, formatCount } from './format';

interface Entry<D> {
  title: string;
  /** What happened, where, with the numbers expected and found. */
  text: (detail: D) => string;
  /** The way out. */
  todo: string | ((detail: D) => string);
}

/**
 * Every problem a person can meet: code → words, and the detail those words need.
 * Families: `file_*`, `op_*`, `graph_*`, `convert_*`, `quantize_*`, `python_*`, `digits_*`, `device_*`, `storage_*`, `worker_*`, `bug`.
 */
export const problems = {
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
      `Loading ${file} in Python ${findings[0] ? `${findings[0].text} (${findings[0].place})` : 'would run code'}${findings.length > 1 ? `, and ${findings.length - 1} more` : ''}. Nothing of it was run here, and it holds no tensors.`,
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
  run_input_missing: entry<{ file: string; input: string; arrays: readonly string[] }>({
    title: 'An input is missing',
    text: ({ file, input, arrays }) =>
      `The model takes ${input}; ${file} has ${arrays.join(', ') || 'no arrays'}.`,
    todo: 'Name the arrays as the inputs are named.',
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
  op_unknown: entry<{ file: string; operators: readonly string[] }>({
    title: 'The runtime does not know an operator',
    text: ({ file, operators }) =>
      `${file} uses ${operators.join(', ')}, which ONNX Runtime Web cannot run. The model can be inspected, not run.`,
    todo: 'Export the model with standard ONNX operators only, or keep it here for its facts.',
  }),
  graph_refused: entry<{ file: string; reason: string }>({
    title: 'The runtime refuses this model',
    text: ({ file, reason }) => `ONNX Runtime could not open ${file}: ${reason}`,
    todo: 'The model can still be inspected. Check the problems listed with it, or export it again.',
  }),
  graph_run_failed: entry<{ file: string; reason: string }>({
    title: 'The model failed while running',
    text: ({ file, reason }) => `${file} was opened but its run ended with: ${reason}`,
    todo: 'Try the other backend, or another input shape.',
  }),
  digits_not_a_reader: entry<{ file: string; reason: string }>({
    title: 'This model does not read digits',
    text: ({ file, reason }) => `${file} ${reason}.`,
    todo: 'It is kept in the library and can be inspected. On paper, use a model with one 28 × 28 image in and ten scores out.',
  }),
  python_syntax: entry<Source & { reason: string }>({
    title: 'This Python source cannot be read',
    text: (detail) => `${where(detail)}: ${detail.reason}.`,
    todo: 'Check the line; if Python itself takes it, please report it with the copied details.',
  }),
  python_unknown: entry<Source & { what: string }>({
    title: 'The source uses something Inkling does not know',
    text: (detail) => `${where(detail)}: ${detail.what}.`,
    todo: 'Write this line with what is known, or export the model from Python as TorchScript or ONNX.',
  }),
  python_error: entry<Source & { error: string; stack: readonly string[] }>({
    title: 'The source ends with an error',
    text: (detail) =>
      `${where(detail)}: ${detail.error}${detail.stack.length > 1 ? ` (${detail.stack.join(', called ')})` : ''}.`,
    todo: 'Python would end here as well, if it were given the same. Check the source and the values it is given.',
  }),
  python_limit: entry<Source & { what: string }>({
    title: 'The source asks for too much',
    text: (detail) => `${where(detail)}: ${detail.what}. No real model needs that.`,
    todo: 'The source may be endless or hostile. Nothing of it reached this page; check where it comes from.',
  }),
  quantize_nothing: entry<{ file: string; scheme: string }>({
    title: 'Nothing to make smaller',
    text: ({ file, scheme }) => `${file} has no float32 weights that ${scheme} can store in fewer bits.`,
    todo: 'The model may already be quantized; look at its weights.',
  }),
  quantize_opset: entry<{ file: string; scheme: string; opset: number; needed: number; reason: string }>({
    title: 'This model is of too old a version for that',
    text: ({ file, scheme, opset, needed, reason }) =>
      `${scheme} needs operator set ${needed}; ${file} is of ${opset}, and ${reason}.`,
    todo: 'Choose int8 or fp16, or export the model again with a newer operator set.',
  }),
  graph_not_there: entry<{ file: string; path: string }>({
    title: 'There is no such graph in this model',
    text: ({ file, path }) => `${file} holds no graph at ${path}.`,
    todo: 'Go back to the main graph; the list of graphs shows which ones it holds.',
  }),
  edit_refused: entry<{ file: string; reason: string }>({
    title: 'This change would break the model',
    text: ({ file, reason }) => `${file} was not changed: ${reason}.`,
    todo: 'Change it another way; the model is as it was.',
  }),
  input_unreadable: entry<{ file: string; reason: string }>({
    title: 'This is no input for a model',
    text: ({ file, reason }) => `${file} ${reason}.`,
    todo: 'Give it a .npy or .npz file, an ONNX .pb tensor, an image, or a text of numbers.',
  }),
  convert_unknown: entry<{ file: string; tried: readonly { label: string; why: string }[] }>({
    title: 'No way to make a model of this file',
    text: ({ file, tried }) =>
      `${file} holds weights, but not how they are used. ${tried.map(({ label, why }) => `${label}: ${why}.`).join(' ')}`,
    todo: 'Add the .py file that defines the model, or export a TorchScript program or a torch.export archive.',
  }),
  convert_gaps: entry<{
    file: string;
    gaps: readonly { operator: string; reason: string; file: string; line: number | null; module: string }[];
  }>({
    title: 'Parts of this program cannot be expressed as ONNX yet',
    text: ({ file, gaps }) => {
      const what = [...new Set(gaps.map(({ operator, reason }) => operator || reason))];
      return `${file} stops at ${gaps.length === 1 ? 'one place' : `${formatCount(gaps.length)} places`}: ${what.join(', ')}.`;
    },
    todo: 'Each place is listed with its file and line. Change the program there, or report the operators.',
  }),
  convert_unanswered: entry<{
    file: string;
    needed: readonly { id: string; label: string; kind: string; why: string; choices: readonly string[] }[];
  }>({
    title: 'Something has to be told first',
    text: ({ file, needed }) =>
      `${file} does not say: ${needed.map(({ label, why, choices }) => `${label} (${why}${listed(choices)})`).join('; ')}.`,
    todo: ({ needed }) =>
      `In a shell: ${needed.map(({ id, kind }) => flagFor(id, kind)).join(' ')}. On the page: fill in the fields.`,
  }),
  convert_unsound: entry<{ file: string; findings: readonly string[] }>({
    title: 'The converted graph contradicts itself',
    text: ({ file, findings }) => `${file}: ${findings.join(' ')}`,
    todo: 'This is our mistake, not yours. Copy the details and report them with the file, if you may share it.',
  }),
  graph_no_value: entry<{ file: string; value: string }>({
    title: 'No such value in the graph',
    text: ({ file, value }) => `${file} computes no value named ${value}.`,
    todo: 'Choose one of the values that its facts list.',
  }),
  link_damaged: entry<{ reason: string }>({
    title: 'The drawing in this link cannot be read',
    text: ({ reason }) => `The link carries a drawing, but ${reason}.`,
    todo: 'Ask for the link again; it was probably cut short on its way. The paper is empty and ready.',
  }),
  device_no_webgpu: entry<{ reason: string }>({
    title: 'WebGPU is not available',
    text: ({ reason }) => reason,
    todo: 'Nothing is lost: models run on WASM. For WebGPU use a browser and a graphics driver that offer it.',
  }),
  device_refused: entry<{ reason: string }>({
    title: 'The graphics device was refused',
    text: ({ reason }) => `An adapter was found, but it gave no device: ${reason}`,
    todo: 'Models go on running on WASM. Closing other pages that use the GPU may help.',
  }),
  device_out_of_memory: entry<{ file: string }>({
    title: 'Not enough memory for this model',
    text: ({ file }) => `${file} does not fit into the memory this browser gives a page.`,
    todo: 'Close other tabs, or compress the model first. What was open before goes on working.',
  }),
  device_lost: entry<{ reason: string }>({
    title: 'The graphics device was lost',
    text: ({ reason }) => `The browser took the GPU away: ${reason}`,
    todo: 'Your drawing is intact and models run on WASM. Reload the page to try WebGPU again.',
  }),
  device_disagrees: entry<{ difference: number; tolerance: number }>({
    title: 'WebGPU gives other answers',
    text: ({ difference, tolerance }) =>
      `On the same inputs WebGPU differs from WASM by ${difference.toExponential(1)}; up to ${tolerance.toExponential(0)} is accepted.`,
    todo: 'WASM is used instead. A driver or browser update may mend this.',
  }),
  storage_full: entry<{ bytes: number }>({
    title: 'No room left to keep this',
    text: ({ bytes }) =>
      `The browser refused to store ${formatBytes(bytes)}: its storage for this page is full.`,
    todo: 'Remove models you no longer need from the library, then try again. What was stored before is untouched.',
  }),
  storage_refused: entry<{ reason: string }>({
    title: 'The browser does not store anything here',
    text: ({ reason }) => `Keeping models failed: ${reason}`,
    todo: 'The models that come with Inkling go on working. Leave private mode to keep others.',
  }),
  storage_newer: entry<{ version: number; known: number }>({
    title: 'Kept by a newer Inkling',
    text: ({ version, known }) =>
      `The library holds records of version ${version}; this page knows versions up to ${known}.`,
    todo: 'Reload the page to get the current version. Nothing was changed.',
  }),
  storage_missing: entry<{ id: string }>({
    title: 'No longer in the library',
    text: ({ id }) => `No model is kept under ${id}.`,
    todo: 'It may have been removed in another tab. Drop the file again.',
  }),
  worker_crashed: entry<{ worker: string; message: string }>({
    title: 'A background worker stopped',
    text: ({ worker, message }) => `The ${worker} worker ended unexpectedly${message ? `: ${message}` : '.'}`,
    todo: 'It was started again and your drawing is intact. If this repeats, close other tabs to free memory.',
  }),
  worker_silent: entry<{ worker: string; seconds: number }>({
    title: 'A background worker stopped answering',
    text: ({ worker, seconds }) =>
      `The ${worker} worker gave no answer for ${formatCount(seconds)} s and was restarted.`,
    todo: 'Your drawing is intact. If this repeats with WebGPU, choose WASM in the status.',
  }),
  bug: entry<{ message: string; stack: string }>({
    title: 'Something broke inside Inkling',
    text: ({ message }) => message,
    todo: 'This is our mistake, not yours. Copy the details and report them; the page goes on working.',
  }),
};

/** A line of a source, with its text. */
interface Source {
  file: string;
  line: number;
  column: number;
  text: string;
}

function where({ file, line, text }: Source): string {
  return `${file}, line ${line}${text ? ` (${text.length > 120 ? `${text.slice(0, 119)}…` : text})` : ''}`;
}

export type Code = keyof typeof problems;
export type Detail<C extends Code> = Parameters<(typeof problems)[C]['text']>[0];

function entry<D>(words: Entry<D>): Entry<D> {
  return words;
}

/** Choices of a question in a sentence; a long list is cut. */
function listed(choices: readonly string[]): string {
  if (choices.length === 0) return '';
  const more = choices.length > 6 ? `, or ${choices.length - 6} others` : '';
  return `: ${choices
    .slice(0, 6)
    .map((choice) => `“${choice}”`)
    .join(', ')}${more}`;
}

/** How the answer to a question of a conversion is given in a shell. */
function flagFor(id: string, kind: string): string {
  if (id === 'class') return '--class NAME';
  return kind === 'shape'
    ? `--input '${id.replace('input.', '')}=float32[batch,3,224,224]'`
    : `--arg ${id}=VALUE`;
}
