import { wrap, releaseProxy, type Remote } from 'comlink';
import { Deadline } from '../core/deadline';
import { AppError } from '../core/problem';
import type { Detail } from '../core/problems';
import { carryProblems } from './wire';

interface BridgeOptions {
  /** How the worker is called in sentences. */
  name: Detail<'worker_silent'>['worker'];
  start: () => Worker;
  /** How long one call may take before the worker is taken for dead, unless the call says otherwise. */
  patienceMs: number;
}

interface CallOptions {
  signal?: AbortSignal;
  /** Asked when the call's turn has come: the worker may have been lost while it waited. */
  patienceMs?: number | (() => number);
}

/**
 * A worker behind one queue: started when first called, one call at a time, ended at once by an abort, a crash or
 * silence, and started again by the next call.
 */
export class Bridge<Api> {
  /** Counts the workers that ended; what was opened before the last of them did is gone. */
  generation = 0;
  readonly #options: BridgeOptions;
  #worker: Worker | null = null;
  #remote: Remote<Api> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #fail: ((error: unknown) => void) | null = null;
  #patienceMs = 0;
  /** Ends a worker that has not answered for so long. */
  readonly #watchdog = new Deadline(() => {
    this.end(new AppError('worker_silent', { worker: this.#options.name, seconds: this.#patienceMs / 1000 }));
  });

  constructor(options: BridgeOptions) {
    this.#options = options;
    carryProblems();
  }

  /** Runs `use` with the worker's api after every earlier call has ended; throws `worker_crashed` or `worker_silent`. */
  call<T>(use: (api: Remote<Api>) => Promise<T>, options: CallOptions = {}): Promise<T> {
    const result = this.#last.then(() => this.#run(use, options));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Ends the worker and fails the call in flight, if any. */
  end(reason: unknown = new DOMException('The work was cancelled.', 'AbortError')): void {
    this.#fail?.(reason);
    if (this.#worker) this.generation += 1;
    this.#remote?.[releaseProxy]();
    this.#worker?.terminate();
    this.#worker = null;
    this.#remote = null;
  }

  async #run<T>(use: (api: Remote<Api>) => Promise<T>, options: CallOptions): Promise<T> {
    const { signal, patienceMs = this.#options.patienceMs } = options;
    signal?.throwIfAborted();
    const remote = this.#ready();
    const abort = () => this.end(signal?.reason);
    this.#patienceMs = typeof patienceMs === 'number' ? patienceMs : patienceMs();
    this.#watchdog.set(this.#patienceMs);
    signal?.addEventListener('abort', abort);
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#fail = reject;
        use(remote).then(resolve, reject);
      });
    } finally {
      this.#fail = null;
      this.#watchdog.callOff();
      signal?.removeEventListener('abort', abort);
    }
  }

  #ready(): Remote<Api> {
    if (this.#remote) return this.#remote;
    const worker = this.#options.start();
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (this.#worker !== worker) return;
      this.end(new AppError('worker_crashed', { worker: this.#options.name, message: event.message }));
    });
    this.#worker = worker;
    this.#remote = wrap<Api>(worker);
    return this.#remote;
  }
}
