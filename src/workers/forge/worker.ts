import { expose } from 'comlink';
import { createJob } from '../../core/job';
import { filesAround } from '../../core/locations';
import { toProblem } from '../../core/problem';
import { readModel } from '../../formats';
import { Library } from '../../library/library';
import { carryProblems } from '../wire';
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
    const weights = new Set<Blob>();
    const all: { taken: Taken; blob: Blob }[] = [];
    for (const file of files) {
      try {
        const model = await readModel(
          file.blob,
          { name: file.name, external: filesAround(file, files) },
          job,
        );
        const { record: fresh, bytes } = await describeTaken(file, model);
        // The same file again is the same model, with the name, the scaling and the precisions it has by now.
        const record = (await library.get(fresh.id)) ?? fresh;
        if (record === fresh) await library.put(record, bytes);
        for (const blob of bytes.values()) weights.add(blob);
        all.push({ taken: { file: file.name, record, problem: null }, blob: file.blob });
      } catch (error) {
        const problem = toProblem(await withGone(error, [file, ...files]));
        all.push({ taken: { file: file.name, record: null, problem }, blob: file.blob });
      }
    }
    return all.flatMap(({ taken, blob }) => (taken.record !== null || !weights.has(blob) ? [taken] : []));
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
