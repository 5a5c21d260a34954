import type { StoredTensor } from '../../core/checkpoint';
import { AppError } from '../../core/problem';
import { callAten } from '../operators/operators';
import { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import type { Frontend } from './frontend';

/**
 * A network of VerifiedNN: two dense layers, ReLU between them, softmax after, `probs` for `x`. Scores before the
 * softmax are the value `logits`.
 * @see https://github.com/e-vergo/LEAN_mnist (VerifiedNN/Network/Architecture.lean)
 */
export const lean: Frontend = {
  id: 'lean',
  label: 'Network of VerifiedNN',
  declines: ({ checkpoint }) => (checkpoint.format === 'lean' ? null : 'it is no Lean source'),
  async translate({ checkpoint, opset, read }) {
    const tape = new Tape({ opset });
    const parameter = async (name: string): Promise<Tensor> => {
      const stored = checkpoint.tensors.find((one) => one.name === name)?.tensor;
      if (!stored) {
        const reason = `it defines no ${name}`;
        throw new AppError('file_damaged', { file: checkpoint.file, place: 'the network', reason });
      }
      return tape.data('float32', stored.dims, await floats(stored, name, read));
    };
    const [w1, b1] = [await parameter('layer1Weights'), await parameter('layer1Bias')];
    const [w2, b2] = [await parameter('layer2Weights'), await parameter('layer2Bias')];
    const x = tape.input('x', 'float32', ['batch', Number(w1.size(1))]);
    const hidden = tape.scope('layer1', () => callAten(tape, 'aten::linear', [x, w1, b1]));
    const active = callAten(tape, 'aten::relu', [hidden]);
    const logits = tape.scope('layer2', () => callAten(tape, 'aten::linear', [active as Tensor, w2, b2]));
    const probs = callAten(tape, 'aten::softmax.int', [logits, 1n]);
    return {
      kind: 'recorded',
      tape,
      outputs: [{ name: 'probs', tensor: probs as Tensor }],
      named: [{ name: 'logits', tensor: logits as Tensor }],
      notes: [
        'Numbers of a Lean source are 64 bits wide; they are kept with 32, as PyTorch would.',
        'Scores before the softmax are the value logits, which Inspect and --watch show.',
      ],
    };
  },
};

async function floats(
  stored: StoredTensor,
  name: string,
  read: (stored: StoredTensor, name: string) => Promise<ArrayLike<number | bigint>>,
): Promise<Float32Array<ArrayBuffer>> {
  return Float32Array.from(await read(stored, name), Number);
}
