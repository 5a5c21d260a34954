import type { Format } from '../format';
import { readOnnx } from './read';
import { sniffOnnx } from './sniff';

export { encodeExternal, encodeOnnx } from './encode';
export { readOnnx } from './read';

/** ONNX models: protobuf with weights inside, or beside in external files. */
export const onnx: Format = {
  id: 'onnx',
  label: 'ONNX',
  extensions: ['.onnx'],
  spec: 'https://onnx.ai/onnx/repo-docs/IR.html',
  sniff: sniffOnnx,
  async read(file, context, job) {
    return { kind: 'model', model: await readOnnx(file, context, job) };
  },
};
