import { PyList, PyTuple, type Keywords, type Value } from '../../python';

/** A call as operators' schemas spell it. */
interface Call {
  args: readonly Value[];
  keywords: Keywords;
}

/**
 * What Python's bindings take that schemas do not: sizes one by one, tensors one by one, NumPy's names for `dim`,
 * and keywords about where results are kept.
 * @see https://pytorch.org/docs/stable/torch.html
 */
export function asSchemaCall(name: string, given: readonly Value[], keywords: Keywords): Call {
  const named = new Map<string, Value>();
  let args = given;
  for (const [key, value] of keywords) {
    if (key === 'input' || key === 'self') args = [value, ...args];
    else if (!ABOUT_STORAGE.has(key)) named.set(SPELLINGS.get(key) ?? key, value);
  }
  const from = SIZES_FIRST.has(name) ? 0 : SIZES_AFTER_SELF.has(name) ? 1 : null;
  if (from !== null && args.length > from && isCount(args[from])) {
    args = [...args.slice(0, from), new PyTuple(args.slice(from))];
  }
  const tensors = TENSORS_FROM.get(name);
  if (tensors !== undefined && !(args[tensors] instanceof PyList || args[tensors] instanceof PyTuple)) {
    args = [...args.slice(0, tensors), new PyTuple(args.slice(tensors))];
  }
  return { args, keywords: named };
}

const SIZES_FIRST: ReadonlySet<string> = new Set(['zeros', 'ones', 'empty', 'rand', 'randn']);

const SIZES_AFTER_SELF: ReadonlySet<string> = new Set(
  'view reshape permute repeat expand flip tile new_zeros new_ones new_empty resize_'.split(' '),
);

/** Where tensors begin that may be given one by one. */
const TENSORS_FROM: ReadonlyMap<string, number> = new Map([
  ...([['einsum', 1]] as const),
  ...['meshgrid', 'broadcast_tensors', 'cartesian_prod', 'block_diag', 'chain_matmul'].map(
    (name) => [name, 0] as const,
  ),
]);

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['axis', 'dim'],
  ['axes', 'dims'],
  ['keepdims', 'keepdim'],
]);

const ABOUT_STORAGE: ReadonlySet<string> = new Set(
  'device requires_grad layout pin_memory non_blocking memory_format generator'.split(' '),
);

function isCount(value: Value | undefined): boolean {
  return typeof value === 'bigint' || (value instanceof Object && 'typeName' in value && isInteger(value));
}

/** Sizes that are free, and tensors of no dimensions that count something. */
function isInteger(value: { typeName: unknown; tensor?: { rank: number } }): boolean {
  return value.typeName === 'int' || value.tensor?.rank === 0;
}
