import { op, unknown } from '../op';
import { smallNumbers } from '../small-numbers';

export default op({
  type: 'Constant',
  since: 1,
  says: 'A value written into the graph itself.',
  inputs: [0, 0],
  infer(site) {
    const tensor = site.tensor('value');
    if (tensor) return [{ dtype: tensor.dtype, shape: tensor.dims, elements: smallNumbers(tensor) }];
    const attribute = [...site.node.attributes.values()][0];
    switch (attribute?.kind) {
      case 'int':
        return [{ dtype: 'int64', shape: [], elements: [Number(attribute.value)] }];
      case 'ints':
        return [{ dtype: 'int64', shape: [attribute.value.length], elements: attribute.value.map(Number) }];
      case 'float':
        return [{ dtype: 'float32', shape: [], elements: [attribute.value] }];
      case 'floats':
        return [{ dtype: 'float32', shape: [attribute.value.length], elements: attribute.value }];
      case 'string':
        return [{ dtype: 'string', shape: [] }];
      case 'strings':
        return [{ dtype: 'string', shape: [attribute.value.length] }];
      case 'sparse':
        return [{ dtype: attribute.value.values.dtype, shape: attribute.value.dims }];
      default:
        return [unknown];
    }
  },
});
