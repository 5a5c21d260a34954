import type { NamedTensor, Value } from '../../core/checkpoint';
import { AppError } from '../../core/problem';
import { describeCheckpoint } from '../checkpoint/describe';
import { moduleTree, stateDict } from '../checkpoint/modules';
import { createReport } from '../checkpoint/report';
import { namedTensors } from '../checkpoint/walk';
import type { Format } from '../format';
import { readArchived, readEntry } from '../pytorch/archive';
import { readZip } from '../zip';
import { parseClasses } from './classes';

/** Source texts of a program; the largest real ones have a few MB. */
const MAX_SOURCE_BYTES = 64 * 2 ** 20;

/**
 * TorchScript: a zip archive with the module in `data.pkl`, its code as Python text under `code/`, the constants of
 * the code in `constants.pkl`, and for phones `bytecode.pkl`.
 * @see https://github.com/pytorch/pytorch/blob/main/torch/csrc/jit/docs/serialization.md
 */
export const torchscript: Format = {
  id: 'torchscript',
  label: 'TorchScript program',
  extensions: ['.pt', '.ptl', '.jit', '.pth'],
  spec: 'https://github.com/pytorch/pytorch/blob/main/torch/csrc/jit/docs/serialization.md',
  async sniff(probe) {
    const names = await probe.names();
    return (
      names.some((name) => /(^|\/)data\.pkl$/.test(name)) &&
      names.some((name) => /(^|\/)(constants|bytecode)\.pkl$|\/code\/.*\.py$/.test(name))
    );
  },
  async read(file, { name }) {
    const entries = new Map((await readZip(file, name)).map((entry) => [entry.name, entry]));
    const pickle = [...entries.keys()].find((path) => /^[^/]*\/data\.pkl$|^data\.pkl$/.test(path));
    if (pickle === undefined) {
      throw new AppError('file_damaged', { file: name, place: 'the archive', reason: 'it has no data.pkl' });
    }
    const folder = pickle.replace(/data\.pkl$/, '');
    const report = createReport();
    const root = await readArchived(entries, { pickle, folder: `${folder}data/` }, name, report);
    const constants = entries.has(`${folder}constants.pkl`)
      ? await readArchived(
          entries,
          { pickle: `${folder}constants.pkl`, folder: `${folder}constants/` },
          name,
          report,
        )
      : null;
    const kept = new Map<string, Value>();
    let left = MAX_SOURCE_BYTES;
    for (const [path, entry] of entries) {
      const inside = path.slice(folder.length);
      if (!/^(code\/.*\.py|extra\/[^]*|version)$/.test(inside) || entry.bytes > left) continue;
      left -= entry.bytes;
      const text = new TextDecoder().decode(await readEntry(entry, name));
      if (inside.startsWith('code/')) report.sources.push({ name: inside.slice('code/'.length), text });
      else kept.set(inside, text.trim());
    }
    const held = constantTensors(constants);
    const module = moduleTree(root, parseClasses(report.sources));
    const named = module ? stateDict(module) : [];
    const frozen = named.length === 0;
    if (constants !== null) kept.set('constants', constants);
    const checkpoint = describeCheckpoint({
      ...{
        file: name,
        bytes: file.size,
        format: 'torchscript',
        root,
        report,
        layout: 'program',
        entries: kept,
      },
      module,
      tensors: frozen ? held : named,
    });
    return { kind: 'checkpoint', checkpoint };
  },
};

/** Constants by the names that the code has for them. */
function constantTensors(constants: Value): NamedTensor[] {
  return namedTensors(constants).map(({ name, tensor }) => ({ name: `CONSTANTS.c${name}`, tensor }));
}
