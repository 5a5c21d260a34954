import { formatBytes, formatCount } from '../format';
import { entry } from './entry';

/** What to do when a worker crashed or was silent for too long, by what it is called. */
const afterLoss = {
  WebGPU: 'Your drawing is intact. If this repeats, choose WASM in the status.',
  WASM: 'Your drawing is intact. If this repeats, close other tabs, or run a smaller model.',
  model:
    'Nothing came of what it was doing, and what you kept is as it was. Try again; if this repeats, the file is too much for this device.',
  preparing: 'What you kept is as it was. Try again; if this repeats, the model is too much for this device.',
  inspector:
    'Try again: the file is opened anew. If this repeats, it is too much for this device; look at parts of it.',
};

/** Problems with what Inkling runs in and on, and with Inkling itself. */
export const surroundings = {
  link_damaged: entry<{ reason: string }>({
    title: 'The drawing in this link cannot be read',
    text: ({ reason }) => `The link carries a drawing, but ${reason}.`,
    todo: 'Ask for the link again; it was probably cut short on its way. Your paper is as it was.',
  }),
  page_incomplete: entry<{ reason: string }>({
    title: 'A part of the page did not load',
    text: ({ reason }) => `What is needed here did not come from the server: ${reason}`,
    todo: 'Check the connection and load the page again, then do it once more. What you drew and kept is as it was.',
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
  worker_crashed: entry<{ worker: keyof typeof afterLoss; message: string }>({
    title: 'A background worker stopped',
    text: ({ worker, message }) => `The ${worker} worker ended unexpectedly${message ? `: ${message}` : '.'}`,
    todo: ({ worker }) => afterLoss[worker],
  }),
  worker_silent: entry<{ worker: keyof typeof afterLoss; seconds: number }>({
    title: 'A background worker stopped answering',
    text: ({ worker, seconds }) =>
      `The ${worker} worker gave no answer for ${formatCount(seconds)} s and was restarted.`,
    todo: ({ worker }) => afterLoss[worker],
  }),
  bug: entry<{ message: string; stack: string }>({
    title: 'Something broke inside Inkling',
    text: ({ message }) => message,
    todo: 'This is our mistake, not yours. Copy the details and report them; the page goes on working.',
  }),
};
