/** How far a piece of work is: `done` of `total`, in `unit`; words and percents are the screen's business. */
export interface Progress {
  step: string;
  done: number;
  total: number;
  unit: 'bytes' | 'elements' | 'tensors' | 'runs' | 'files';
}

/** What long work gets to report progress and give way: readers, passes and writers take one. */
export interface Job {
  /** Reports where the work is and yields to other events when the last yield was over 16 ms ago. */
  progress(progress: Progress): Promise<void>;
}

const YIELD_MS = 16;
const REPORT_MS = 50;

/** A job that reports to `listener` at most 20 times a second, and yields to the event loop between. */
export function createJob(listener: (progress: Progress) => void = () => undefined): Job {
  let yieldedAt = now();
  let reportedAt = 0;
  return {
    async progress(progress) {
      const time = now();
      if (time - reportedAt >= REPORT_MS || progress.done === progress.total) {
        reportedAt = time;
        listener(progress);
      }
      if (time - yieldedAt >= YIELD_MS) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        yieldedAt = now();
      }
    },
  };
}

function now(): number {
  return performance.now();
}
