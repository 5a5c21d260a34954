import { expose } from 'comlink';
import { createJob } from '../../core/job';
import { toProblem } from '../../core/problem';
import { readModel } from '../../formats';
import { Library } from '../../library/library';
import { carryProblems } from '../wire';
import type { TakenFile } from '../../core/taken-file';
import type { Forge, Taken } from './api';
import { addPrecisions } from './precisions';
import { describeTaken } from './describe';
import { withGone } from '../gone';
import { unpackFile } from './unpack';

const library = new Library();

carryProblems();
expose({
  async keep(files, listener) {
    const job = createJob(listener);
    const beside = new Set<string>();
    const taken: Taken[] = [];
    for (const file of files) {
      try {
        const model = await readModel(file.blob, { name: file.name, external: byName(files) }, job);
        const { record: fresh, bytes } = await describeTaken(file, model, files);
        // The same file again is the same model, with the name, the scaling and the precisions it has by now.
        const record = (await library.get(fresh.id)) ?? fresh;
        if (record === fresh) await library.put(record, bytes);
        for (const location of record.external) beside.add(location);
        taken.push({ file: file.name, record, problem: null });
      } catch (error) {
        const problem = toProblem(await withGone(error, [file, ...files]));
        taken.push({ file: file.name, record: null, problem });
      }
    }
    return taken.filter(({ file, record }) => record !== null || !beside.has(file));
  },

  async unpack(files, listener) {
    const job = createJob(listener);
    const lists = [];
    for (const file of files) lists.push(await unpackFile(file, job));
    return lists.flat();
  },

  addPrecisions: (id, listener) => addPrecisions(library, id, createJob(listener)),

  // Converting is as much code as everything else together: it comes when it is asked for.
  async convert(order, listener) {
    const { convertFile } = await import('./convert');
    try {
      return await convertFile(order, createJob(listener));
    } catch (error) {
      throw await withGone(error, [order.file, ...order.beside]);
    }
  },
} satisfies Forge);

function byName(files: readonly TakenFile[]): Map<string, Blob> {
  return new Map(files.map(({ name, blob }) => [name, blob]));
}
