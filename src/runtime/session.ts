/** Creating and running ONNX Runtime sessions: Blobs in, plain tensors out, errors in the catalogue's words. */
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { AppError } from '../core/problem';
import type { PlainTensor, TensorData } from '../core/tensor';
import type { RunnableModel } from '../core/runnable';
import { holding } from './held-blob';
import type { OrtModule } from './ort';

/** Opens a model; throws `op_unknown`, `device_out_of_memory` or `graph_refused` with ONNX Runtime's reason. */
export async function createSession(
  ort: OrtModule,
  model: RunnableModel,
  options: InferenceSession.SessionOptions,
): Promise<InferenceSession> {
  const extra = options.extra as { session?: Record<string, string> } | undefined;
  try {
    const graph = new Uint8Array(await model.graph.arrayBuffer());
    const weights = model.external.map(({ data }) => data);
    return await holding(weights, (held) =>
      ort.InferenceSession.create(graph, {
        // Warnings of exporters' habits are of no use to anybody here.
        logSeverityLevel: 3,
        ...options,
        // Typed as ArrayBuffer views, but a Blob is taken too, and streamed by the JSPI build.
        externalData: model.external.map(({ location }, i) => ({ path: location, data: held[i] as never })),
        // Else fused 4-bit products quantize their activations, and answers differ between browser and shell.
        extra: { session: { qdq_matmulnbits_accuracy_level: '0', ...extra?.session } },
      }),
    );
  } catch (error) {
    throw refusal(model.name, messageOf(error));
  }
}

/** Runs once; every tensor ONNX Runtime made is freed. Throws `graph_run_failed` with its reason. */
export async function runSession(
  ort: OrtModule,
  session: InferenceSession,
  name: string,
  feeds: Readonly<Record<string, PlainTensor>>,
  fetches: readonly string[],
): Promise<{ outputs: Record<string, PlainTensor>; ms: number }> {
  const inputs = Object.fromEntries(
    Object.entries(feeds).map(([key, tensor]) => [
      key,
      new ort.Tensor(tensor.dtype as Tensor.Type, tensor.data, tensor.dims),
    ]),
  );
  try {
    const start = performance.now();
    const results = await session.run(inputs, fetches.length ? [...fetches] : session.outputNames);
    const ms = performance.now() - start;
    const outputs: Record<string, PlainTensor> = {};
    for (const [key, tensor] of Object.entries(results)) {
      outputs[key] = {
        dtype: tensor.type,
        dims: [...tensor.dims],
        data: (await tensor.getData(true)) as TensorData,
      };
      tensor.dispose();
    }
    return { outputs, ms };
  } catch (error) {
    throw new AppError('graph_run_failed', { file: name, reason: messageOf(error) });
  } finally {
    for (const tensor of Object.values(inputs)) tensor.dispose();
  }
}

function refusal(file: string, message: string): AppError {
  const unknown = [...message.matchAll(/No Op registered for (\S+)/g)].map(([, operator]) => operator ?? '');
  if (unknown.length > 0) return new AppError('op_unknown', { file, operators: [...new Set(unknown)] });
  if (/bad_alloc|out of memory|Out of memory/.test(message)) {
    return new AppError('device_out_of_memory', { file });
  }
  return new AppError('graph_refused', { file, reason: message });
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^.*ERROR_MESSAGE: /s, '').trim();
}
