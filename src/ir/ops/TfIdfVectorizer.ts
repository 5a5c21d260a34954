import { op } from '../op';

export default op({
  type: 'TfIdfVectorizer',
  since: 9,
  says: 'How often each known run of words or numbers occurs, weighted.',
  inputs: [1, 1],
  requires: ['max_gram_length', 'max_skip_count', 'min_gram_length', 'mode', 'ngram_counts', 'ngram_indexes'],
  infer(site) {
    const { shape } = site.input(0);
    const places = site.ints('ngram_indexes') ?? [];
    const size = places.reduce((most, place) => Math.max(most, place + 1), 0);
    return [{ dtype: 'float32', shape: shape && [...shape.slice(0, -1), size] }];
  },
});
