import { elementwise } from '../families';

export default elementwise({
  type: 'Scatter',
  since: 9,
  says: 'A copy with some elements replaced; ScatterElements took its place.',
  inputs: [3, 3],
  breaks: [11],
  moves: { 11: (node) => ({ ...node, op: 'ScatterElements' }) },
});
