import { op } from '../op';

export default op({
  type: 'SoftmaxCrossEntropyLoss',
  since: 12,
  says: 'How wrong scores are about the right classes, and the logarithms of their probabilities.',
  inputs: [2, 3],
  outputs: [1, 2],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const whole = site.string('reduction', 'mean') === 'none';
    return [
      { dtype, shape: whole ? site.input(1).shape : [] },
      { dtype, shape },
    ];
  },
});
