import type { StoredTensor, Value } from '../../core/checkpoint';
import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import { readValues } from './elements';
import { fullBudget, namedTensors } from './walk';

/** Read of one file: a loss and a few metrics, not a list of thousands. */
const MOST = 256;
/** A larger storage may have to be unpacked for its one number. */
const MOST_BYTES = 64 * 1024;

/** The numbers of tensors with one element that are kept in `values`, by tensor; those that cannot be read are left out. */
export async function scalarsIn(values: Iterable<Value>): Promise<ReadonlyMap<StoredTensor, number>> {
  const found = new Map<StoredTensor, number>();
  const budget = fullBudget();
  const tensors = Array.from(values).flatMap((value) => namedTensors(value, undefined, budget));
  const scalars = tensors.filter(
    ({ tensor: { dims, storage } }) => elementCount(dims) === 1 && storage.bytes <= MOST_BYTES,
  );
  for (const { name, tensor } of scalars.slice(0, MOST)) {
    try {
      const [number] = Array.from((await readValues(tensor, name)) ?? []);
      if (number !== undefined) found.set(tensor, number);
    } catch (error) {
      // Its type and shape are known; what is wrong with its bytes is told by whoever asks for them.
      if (!(error instanceof AppError)) throw error;
    }
  }
  return found;
}
