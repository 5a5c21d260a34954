import { aten } from '../operators/aten';
import { productOf } from '../tape/symint';

/** What is known of a tensor without its elements. */
export default aten({
  'aten::size(Tensor self) -> SymInt[]': (_tape, { self }) => self.sizes,
  'aten::size.int(Tensor self, int dim) -> SymInt': (_tape, { self, dim }) => self.size(dim),
  'aten::sym_size.int(Tensor self, int dim) -> SymInt': (_tape, { self, dim }) => self.size(dim),
  'aten::numel(Tensor self) -> SymInt': (_tape, { self }) => productOf(self.sizes),
  'aten::sym_numel(Tensor self) -> SymInt': (_tape, { self }) => productOf(self.sizes),
  'aten::dim(Tensor self) -> int': (_tape, { self }) => self.rank,
  'aten::is_floating_point(Tensor self) -> bool': (_tape, { self }) => /^b?float/.test(self.dtype),
});
