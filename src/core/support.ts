import type { Support } from './outline';
import measured from './support.json';

/** What was measured: for each operator, from which operator set on it fares how. */
export interface SupportTable {
  /** The version of ONNX Runtime Web that was asked. */
  runtime: string;
  operators: Record<string, { wasm: Step[]; webgpu: Step[] }>;
}

interface Step {
  since: number;
  kind: Support['kind'];
  why?: string;
}

const table = measured as SupportTable;

/**
 * How ONNX Runtime Web fares with an operator, `Conv` or `com.microsoft::MatMulNBits`, in a version of `ai.onnx`;
 * `null` for one that nobody has tried. On WASM that is the plain build: the builds with WebGPU are without
 * `ai.onnx.ml` on either backend, and so is WASM in a browser that got one of those. Written by `npm run support:measure`.
 */
export function supportOf(operator: string, opset: number): { wasm: Support; webgpu: Support } | null {
  const steps = table.operators[operator];
  const [wasm, webgpu] = [steps?.wasm, steps?.webgpu].map((list) => stepAt(list ?? [], operator, opset));
  return wasm && webgpu ? { wasm, webgpu } : null;
}

/** Other domains were tried in one version, which stands for all. */
function stepAt(steps: readonly Step[], operator: string, opset: number): Support | null {
  const step = operator.includes('::') ? steps[0] : steps.findLast(({ since }) => since <= opset);
  if (step === undefined) return null;
  return step.kind === 'runs' ? { kind: 'runs' } : { kind: step.kind, why: step.why ?? '' };
}
