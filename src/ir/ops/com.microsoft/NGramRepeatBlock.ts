import { elementwise } from '../../families';

export default elementwise({
  type: 'NGramRepeatBlock',
  domain: 'com.microsoft',
  since: 1,
  says: 'Scores with words forbidden that would repeat a run of words.',
  inputs: [2, 2],
  requires: ['ngram_size'],
});
