import { op } from '../op';

export default op({
  type: 'NegativeLogLikelihoodLoss',
  since: 12,
  says: 'How wrong logarithms of probabilities are about the right classes.',
  inputs: [2, 3],
  infer(site) {
    const whole = site.string('reduction', 'mean') === 'none';
    return [{ dtype: site.input(0).dtype, shape: whole ? site.input(1).shape : [] }];
  },
});
