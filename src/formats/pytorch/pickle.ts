import { formatCount } from '../../core/format';
import { AppError } from '../../core/problem';
import { createReport } from '../checkpoint/report';
import { describeCheckpoint } from '../checkpoint/describe';
import type { Format } from '../format';
import { unpickleWhole } from '../pickle';
import { nestedLoader } from './nested';
import { createPersistent } from './persistent';
import { rebuilds } from './rebuild';

/** A plain pickle keeps its numbers in itself, so all of it is read: as much as a page can hold. */
const MAX_BYTES = 512 * 2 ** 20;

/** What `pickle.dump` writes, of any protocol: state dicts whose storages are small legacy files inside it. */
export const pickle: Format = {
  id: 'pickle',
  label: 'Python pickle',
  extensions: ['.pkl', '.pickle', '.p'],
  spec: 'https://docs.python.org/3/library/pickle.html',
  async sniff(probe) {
    const head = await probe.head();
    const last = (await probe.tail()).at(-1);
    if (head[0] === 0x80) return (head[1] ?? 0) >= 1 && (head[1] ?? 9) <= 5;
    // The text protocols have no magic number: a group, name, list or dict first, and the stop at the end.
    const text = new TextDecoder('latin1').decode(head);
    return (
      last === 0x2e &&
      /^(\(?[dl]p\d+\n|\(\w+|c[\w.]+\n[\w.]+\n)/.test(text) &&
      !/[^\n]{300}/.test(text.slice(0, 400))
    );
  },
  async read(file, { name }) {
    if (file.size > MAX_BYTES)
      throw new AppError('file_damaged', {
        file: name,
        place: 'the pickle',
        reason: `it has ${formatCount(file.size)} bytes, more than can be read at once`,
      });
    const report = createReport();
    const persistent = createPersistent();
    const { value } = unpickleWhole(new Uint8Array(await file.arrayBuffer()), 0, {
      ...{ file: name, part: 'the pickle', imports: report.imports, findings: report.findings },
      callables: new Map([...rebuilds(persistent.resolve), nestedLoader(name, report)]),
      persistent: persistent.resolve,
    });
    return {
      kind: 'checkpoint',
      checkpoint: describeCheckpoint({ file: name, bytes: file.size, format: 'pickle', root: value, report }),
    };
  },
};
