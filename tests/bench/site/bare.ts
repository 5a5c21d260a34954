/**
 * Loads one runtime and the bundled CNN and runs it once, with nothing of Inkling: what a visit costs at least. With
 * `?in=worker` in a worker, as a page must that stays free to be drawn on.
 */
const query = new URLSearchParams(location.search);
if (query.get('in') === 'worker') {
  const worker = new Worker(new URL('./bare-worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage(query.get('build'));
  await new Promise((resolve) => (worker.onmessage = resolve));
} else {
  const { answerOnce } = await import('./answer-once');
  await answerOnce(query.get('build'));
}
performance.mark('first-answer');
