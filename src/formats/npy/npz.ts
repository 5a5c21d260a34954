import type { Value } from '../../core/checkpoint';
import { describeCheckpoint } from '../checkpoint/describe';
import { inflate } from '../zip/inflate';
import { createReport } from '../checkpoint/report';
import type { Format } from '../format';
import { dictionary } from '../pickle/values';
import { readZip } from '../zip';
import { parseHeader } from './header';
import { viewArray } from './npy';

/** Most headers have 128 bytes; NumPy refuses to read longer ones than this. */
const HEADER_BYTES = 64 * 1024;

/** NumPy arrays in a zip archive, compressed or not, of which only the headers are read. */
export const npz: Format = {
  id: 'npz',
  label: 'NumPy arrays',
  extensions: ['.npz'],
  spec: 'https://numpy.org/doc/stable/reference/generated/numpy.savez.html',
  async sniff(probe) {
    const names = await probe.names();
    return names.length > 0 && names.every((name) => name.endsWith('.npy'));
  },
  async read(file, { name }) {
    const root = dictionary('dict');
    for (const entry of await readZip(file, name)) {
      const { blob, packed } = await entry.locate();
      const head = packed ? new Blob([await inflate(blob, 0, Math.min(HEADER_BYTES, entry.bytes))]) : blob;
      const header = await parseHeader(head, entry.name);
      const tensor: Value = viewArray(header, { blob, size: entry.bytes, packed }, entry.name);
      root.entries.set(entry.name.replace(/\.npy$/, ''), tensor);
    }
    const found = {
      file: name,
      bytes: file.size,
      format: 'npz',
      root,
      report: createReport(),
      layout: 'arrays',
    } as const;
    return { kind: 'checkpoint', checkpoint: describeCheckpoint(found) };
  },
};
