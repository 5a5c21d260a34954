/**
 * One thing at a time: two overlapping runs on a WebGPU session block the worker for ever, and a release during
 * a run makes the run read freed memory.
 */
export function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task, task);
    last = result.catch(() => undefined);
    return result;
  };
}
