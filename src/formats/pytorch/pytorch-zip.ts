import { AppError } from '../../core/problem';
import { createReport } from '../checkpoint/report';
import { describeCheckpoint } from '../checkpoint/describe';
import type { Format } from '../format';
import { readZip } from '../zip';
import { readArchived } from './archive';

/**
 * What `torch.save` writes since 1.6: a zip archive with `data.pkl`, the storages as files of their own, `version`
 * and, in newer ones, `byteorder`.
 * @see https://docs.pytorch.org/docs/stable/notes/serialization.html#torch-save-format
 */
export const pytorchZip: Format = {
  id: 'pytorch-zip',
  label: 'PyTorch checkpoint',
  extensions: ['.pt', '.pth', '.ckpt', '.bin', '.tar'],
  spec: 'https://docs.pytorch.org/docs/stable/notes/serialization.html#torch-save-format',
  sniff: async (probe) =>
    (await probe.names()).some((name) => /(^|\/)data\.pkl$|^[^/]+\/data\/\d+$/.test(name)),
  async read(file, { name }) {
    const entries = new Map((await readZip(file, name)).map((entry) => [entry.name, entry]));
    const [pickle] = [...entries.keys()]
      .filter((path) => /(^|\/)data\.pkl$/.test(path))
      .sort((a, b) => a.length - b.length);
    if (pickle === undefined)
      throw new AppError('file_damaged', { file: name, place: 'the archive', reason: 'it has no data.pkl' });
    const report = createReport();
    const folder = pickle.replace(/data\.pkl$/, 'data/');
    const root = await readArchived(entries, { pickle, folder }, name, report);
    return {
      kind: 'checkpoint',
      checkpoint: describeCheckpoint({ file: name, bytes: file.size, format: 'pytorch-zip', root, report }),
    };
  },
};
