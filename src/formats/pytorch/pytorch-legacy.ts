import { createReport } from '../checkpoint/report';
import { describeCheckpoint } from '../checkpoint/describe';
import type { Format } from '../format';
import { readLegacy } from './legacy';

/** What `torch.save` wrote before 1.6, and still writes when told to: pickles one behind the other, then storages. */
export const pytorchLegacy: Format = {
  id: 'pytorch-legacy',
  label: 'PyTorch checkpoint, the older format',
  extensions: ['.pt', '.pth', '.tar', '.bin'],
  spec: 'https://github.com/pytorch/pytorch/blob/main/torch/serialization.py',
  sniff: async (probe) => hasMagic(await probe.head()),
  async read(file, { name }) {
    const report = createReport();
    const root = await readLegacy(file, name, report);
    return {
      kind: 'checkpoint',
      checkpoint: describeCheckpoint({
        file: name,
        bytes: file.size,
        format: 'pytorch-legacy',
        root,
        report,
      }),
    };
  },
};

/** The pickled number 0x1950a86a20f9469cfc6c, of any protocol from 2 on. */
function hasMagic(head: Uint8Array): boolean {
  if (head[0] !== 0x80) return false;
  const at = head.subarray(0, 32).indexOf(MAGIC[0]);
  return at > 0 && MAGIC.every((byte, offset) => head[at + offset] === byte);
}

const MAGIC = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19] as const;
