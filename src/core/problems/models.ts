import { entry } from './entry';

/** Problems with models that were read: looking into them, running, changing and compressing them. */
export const models = {
  run_input_missing: entry<{ file: string; input: string; arrays: readonly string[] }>({
    title: 'An input is missing',
    text: ({ file, input, arrays }) =>
      `The model takes ${input}; ${file} has ${arrays.join(', ') || 'no arrays'}.`,
    todo: 'Name the arrays as the inputs are named.',
  }),
  run_size: entry<{ dimension: string; size: number | null }>({
    title: 'A dimension has no size',
    text: ({ dimension, size }) =>
      `${dimension} is ${size === null ? 'left empty' : String(size)}; a run takes whole numbers from 1 on.`,
    todo: 'Write a whole number from 1 on in its field, under “Free dimensions”.',
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
  quantize_nothing: entry<{ file: string; scheme: string }>({
    title: 'Nothing to make smaller',
    text: ({ file, scheme }) => `${file} has no float32 weights that ${scheme} can store in fewer bits.`,
    todo: 'The model may already be quantized; look at its weights.',
  }),
  quantize_opset: entry<{ file: string; scheme: string; opset: number; needed: number; reason: string }>({
    title: 'This model is of too old a version for that',
    text: ({ file, scheme, opset, needed, reason }) =>
      `${scheme} needs operator set ${needed}; ${file} is of ${opset}, and ${reason}.`,
    todo: ({ opset }) =>
      opset < 7
        ? 'Export the model again with a newer operator set.'
        : 'Choose int8 or fp16, or export the model again with a newer operator set.',
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
  graph_no_value: entry<{ file: string; value: string }>({
    title: 'No such value in the graph',
    text: ({ file, value }) => `${file} computes no value named ${value}.`,
    todo: 'Choose one of the values that its facts list.',
  }),
};
