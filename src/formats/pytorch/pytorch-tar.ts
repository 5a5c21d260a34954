import { createReport } from '../checkpoint/report';
import { describeCheckpoint } from '../checkpoint/describe';
import type { Format } from '../format';
import { readTar } from './tar';

/** What torch 0.1 wrote: a tar archive of `storages`, `tensors` and `pickle`. */
export const pytorchTar: Format = {
  id: 'pytorch-tar',
  label: 'PyTorch checkpoint, the oldest format',
  extensions: ['.tar', '.pt'],
  spec: 'https://github.com/pytorch/pytorch/blob/main/torch/serialization.py',
  async sniff(probe) {
    const text = new TextDecoder('latin1').decode(await probe.head());
    return /^.{257}ustar/s.test(text) && /^(\.\/)?(sys_info|storages|tensors|pickle)\0/.test(text);
  },
  async read(file, { name }) {
    const report = createReport();
    const root = await readTar(file, name, report);
    return {
      kind: 'checkpoint',
      checkpoint: describeCheckpoint({ file: name, bytes: file.size, format: 'pytorch-tar', root, report }),
    };
  },
};
