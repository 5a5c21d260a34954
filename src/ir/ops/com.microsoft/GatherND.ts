import { op } from '../../op';

export default op({
  type: 'GatherND',
  domain: 'com.microsoft',
  since: 1,
  says: 'Slices picked by index tuples; older than the ONNX operator of that name.',
  inputs: [2, 2],
  infer(site) {
    const [{ dtype, shape }, indices] = [site.input(0), site.input(1).shape];
    const depth = indices?.at(-1);
    if (shape === null || !indices || typeof depth !== 'number') return [{ dtype, shape: null }];
    return [{ dtype, shape: [...indices.slice(0, -1), ...shape.slice(depth)] }];
  },
});
