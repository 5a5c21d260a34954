import { op } from '../../op';

export default op({
  type: 'Tokenizer',
  domain: 'com.microsoft',
  since: 1,
  says: 'Strings cut into words or letters.',
  inputs: [1, 1],
  requires: ['mark', 'mincharnum', 'pad_value'],
  infer(site) {
    const { shape } = site.input(0);
    return [{ dtype: 'string', shape: shape && [...shape, null] }];
  },
});
