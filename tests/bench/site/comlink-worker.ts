/** The least a worker behind comlink can be: no queue, no watchdog, no error of the catalogue. */
import { expose } from 'comlink';
import { fetchCnn, openBare } from './bare-session';

const opened = fetchCnn().then(openBare);

export interface ComlinkWorker {
  run(picture: Float32Array): Promise<Float32Array>;
}

expose({ run: async (picture) => (await opened)(picture) } satisfies ComlinkWorker);
