import { answerOnce } from './answer-once';

self.onmessage = async ({ data }: MessageEvent<string>) => {
  await answerOnce(data);
  self.postMessage(null);
};
