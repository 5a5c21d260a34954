import { op } from '../op';

export default op({
  type: 'Shape',
  since: 1,
  says: 'The dimensions of a tensor, as numbers the graph can compute with.',
  inputs: [1, 1],
  infer(site) {
    const { shape } = site.input(0);
    if (shape === null) return [{ dtype: 'int64', shape: [null] }];
    const dims = shape.slice(site.int('start', 0), site.int('end', shape.length));
    return [{ dtype: 'int64', shape: [dims.length], elements: dims }];
  },
});
