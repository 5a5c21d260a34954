import { broadcast } from '../dims';
import { op } from '../op';

export default op({
  type: 'Sum',
  since: 1,
  says: 'The sum of several tensors, element by element.',
  inputs: [1, Infinity],
  breaks: [8],
  infer(site) {
    const inputs = site.node.inputs.map((_, at) => site.input(at));
    const shape = inputs.map((input) => input.shape).reduce((a, b) => broadcast(a, b), []);
    return [{ dtype: site.input(0).dtype, shape }];
  },
});
