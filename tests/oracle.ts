import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { PlainTensor } from '../src/core/tensor';
import type { Run } from '../src/evaluate/digit-reader';

/** ONNX Runtime's native build as the judge: what a model really gives. One thread, exact 4-bit products. */
export async function oracle(model: Blob, more: InferenceSession.SessionOptions = {}): Promise<Run> {
  const session = await InferenceSession.create(new Uint8Array(await model.arrayBuffer()), {
    logSeverityLevel: 4,
    intraOpNumThreads: 1,
    extra: { session: { qdq_matmulnbits_accuracy_level: '0' } },
    ...more,
  });
  return async (feeds) => {
    const inputs = Object.entries(feeds).map(([name, { dtype, data, dims }]) => [
      name,
      new Tensor(dtype as Tensor.Type, data as never, dims),
    ]);
    const outputs = await session.run(Object.fromEntries(inputs) as Record<string, Tensor>);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, tensor]): [string, PlainTensor] => [
        name,
        { dtype: tensor.type, dims: [...tensor.dims], data: tensor.data as PlainTensor['data'] },
      ]),
    );
  };
}
