import { aten } from '../operators/aten';

/** Elements below 0 become 0. */
export default aten({
  'aten::relu(Tensor self) -> Tensor': (tape, { self }) => tape.node('Relu', [self]),
});
