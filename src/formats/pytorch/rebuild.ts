import type { Named, Quantization, SparseParts, Storage, StoredTensor, Value } from '../../core/checkpoint';
import { dtypes, type Dtype } from '../../core/dtype';
import { formatCount } from '../../core/format';
import { rowMajor } from '../../core/strides';
import { contiguous, storageOf } from '../checkpoint/storage';
import { numpy } from '../pickle/numpy';
import { known, python } from '../pickle/python';
import type { Callable, Site } from '../pickle/scope';
import { asKind, itemsOf, opaque } from '../pickle/values';
import { torchDtype } from './dtypes';

/** PyTorch's own limit. */
const MAX_DIMS = 64;

/** Turns the tuple of a persistent id into its storage, for files that write the tuple where the storage belongs. */
export type Resolve = (id: Value, site: Site) => Value;

/**
 * Everything a pickle of PyTorch may call here: Python's and NumPy's plain values, and the functions that rebuild
 * tensors.
 * @see https://github.com/pytorch/pytorch/blob/main/torch/_utils.py
 */
export function rebuilds(resolve: Resolve): Map<string, Callable> {
  const tensor = (args: readonly Value[], site: Site) => rebuildTensor(args, site, resolve);
  const table: Record<string, Callable> = {
    _rebuild_tensor: tensor,
    _rebuild_tensor_v2: tensor,
    _rebuild_tensor_v3: (args, site) => rebuildTensor(args, site, resolve, args[6]),
    _rebuild_parameter: parameter,
    _rebuild_parameter_with_state: parameter,
    _rebuild_qtensor: (args, site) => ({ ...tensor(args, site), quantization: quantization(args[4], site) }),
    _rebuild_sparse_tensor: sparse,
    _rebuild_sparse_csr_tensor: sparse,
    _rebuild_meta_tensor_no_storage: ([dtype, dims], site) => onMeta(dtype, dims, site),
    _rebuild_device_tensor_from_numpy: ([data], site) => asKind(data, 'tensor') ?? wrong(site),
    _rebuild_device_tensor_from_cpu_tensor: ([data], site) => asKind(data, 'tensor') ?? wrong(site),
    _rebuild_wrapper_subclass: (args) => opaque('torch._utils._rebuild_wrapper_subclass', args),
    _rebuild_nested_tensor: (args) => opaque('torch._utils._rebuild_nested_tensor', args),
  };
  const callables = new Map<string, Callable>([...python, ...numpy]);
  for (const [name, make] of Object.entries(table)) callables.set(`torch._utils.${name}`, make);
  const fromType: Callable = ([make, , args], site) => {
    const callable = callables.get(asKind(make, 'named')?.name ?? '');
    return callable ? callable(itemsOf(args) ?? [], site) : opaque('torch.Tensor', itemsOf(args) ?? []);
  };
  const more: (readonly [string, Callable])[] = [
    ['torch._tensor._rebuild_from_type', fromType],
    ['torch._tensor._rebuild_from_type_v2', fromType],
    ['torch.Size', ([dims]) => ({ kind: 'tuple', items: [...(itemsOf(dims) ?? [])] })],
    ['torch.serialization._get_layout', ([name]) => named(typeof name === 'string' ? name : 'unknown')],
    ['torch.jit._pickle.build_intlist', ([list]) => list ?? null],
    ['torch.jit._pickle.build_doublelist', ([list]) => list ?? null],
    ['torch.jit._pickle.build_boollist', ([list]) => list ?? null],
    ['torch.jit._pickle.build_tensorlist', ([list]) => list ?? null],
    ['torch.jit._pickle.restore_type_tag', ([value]) => value ?? null],
    ['torch.nn.parameter.Parameter', ([data], site) => parameter([data ?? null], site)],
    ['torch.nn.Parameter', ([data], site) => parameter([data ?? null], site)],
    ['torch.Tensor', ([data]) => asKind(data, 'tensor') ?? opaque('torch.Tensor', [data ?? null])],
    ...['torch.device', 'torch.Generator', 'torch.finfo', 'torch.iinfo'].map(known),
    ...['torch.ScriptObject', 'torch._C.ScriptObject', 'torch.distributions.constraints'].map(known),
  ];
  for (const [name, make] of more) callables.set(name, make);
  return callables;
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, …)`; version 3 says besides what the bytes are. */
function rebuildTensor(args: readonly Value[], site: Site, resolve: Resolve, type?: Value): StoredTensor {
  const [from, offset, size, stride] = args;
  const given = asKind(from, 'tuple');
  const storage = asKind(given ? resolve(given, site) : from, 'storage');
  if (!storage) throw site.damaged('a tensor has no storage');
  const dtype = torchDtype(asKind(type, 'named')?.name ?? '') ?? storage.dtype;
  return view(storage, dtype, { offset, size, stride }, site);
}

function view(
  storage: Storage,
  dtype: Dtype,
  { offset, size, stride }: { offset: Value | undefined; size: Value | undefined; stride: Value | undefined },
  site: Site,
): StoredTensor {
  const dims = sizes(size, site);
  const strides = sizes(stride, site);
  const [first] = sizes({ kind: 'tuple', items: [offset ?? 0] }, site);
  if (dims.length !== strides.length)
    throw site.damaged(`a tensor has ${dims.length} sizes and ${strides.length} strides`);
  const tensor = { ...contiguous(dtype, dims, storage), strides, offset: first ?? 0 };
  checkEnd(tensor, site);
  return tensor;
}

/** A view must lie inside its storage. */
function checkEnd(tensor: StoredTensor, site: Site): void {
  const { dims, strides, offset, storage, dtype } = tensor;
  if (dims.includes(0)) return;
  const last = dims.reduce((sum, dim, at) => sum + (dim - 1) * (strides[at] ?? 0), offset);
  const needed = ((last + 1) * dtypes[dtype].bits) / 8;
  if (!(needed <= storage.bytes)) {
    throw site.damaged(
      `a tensor of ${dims.join(' × ') || 'one'} ${dtype} ends at byte ${formatCount(needed)} of a storage of ${formatCount(storage.bytes)}`,
    );
  }
}

function sizes(value: Value | undefined, site: Site): number[] {
  const dims = itemsOf(value);
  if (dims === null || dims.length > MAX_DIMS) throw site.damaged('a tensor has an impossible shape');
  return dims.map((dim) => {
    if (typeof dim !== 'number' || !Number.isSafeInteger(dim) || dim < 0)
      throw site.damaged('a tensor has an impossible shape');
    return dim;
  });
}

function parameter([data]: readonly Value[], site: Site): Value {
  const tensor = asKind(data, 'tensor');
  if (tensor) return { ...tensor, role: 'parameter' };
  return asKind(data, 'object') ?? wrong(site);
}

function wrong(site: Site): never {
  throw site.damaged('a tensor is rebuilt from something else');
}

/** `(per_tensor_affine, scale, zero point)` or `(per_channel_affine, scales, zero points, axis)` */
function quantization(value: Value | undefined, site: Site): Quantization {
  const [scheme, scale, zero, axis] = itemsOf(value) ?? [];
  const name = asKind(scheme, 'named')?.name ?? '';
  if (name.endsWith('per_tensor_affine') && typeof scale === 'number' && typeof zero === 'number') {
    return { kind: 'tensor', scale, zeroPoint: zero };
  }
  const scales = asKind(scale, 'tensor');
  const zeroPoints = asKind(zero, 'tensor');
  if (scales && zeroPoints && typeof axis === 'number') return { kind: 'channel', axis, scales, zeroPoints };
  throw site.damaged(`a tensor is quantized by ${name || 'no scheme'}`);
}

/** `_rebuild_sparse_tensor(layout, (indices…, values, size))` */
function sparse([layout, data]: readonly Value[], site: Site): Value {
  const name = (asKind(layout, 'named')?.name ?? '').replace(/^.*sparse_/, '');
  const parts = itemsOf(data) ?? [];
  const count = name === 'coo' ? 1 : 2;
  const indices = parts.slice(0, count).map((part) => asKind(part, 'tensor') ?? wrong(site));
  const values = asKind(parts[count], 'tensor');
  if (!isSparse(name) || !values)
    throw site.damaged(`a sparse tensor is laid out as ${name || 'nothing known'}`);
  const empty = storageOf('', values.dtype, null);
  return {
    ...contiguous(values.dtype, sizes(parts[count + 1], site), empty),
    sparse: { layout: name, indices, values },
  };
}

function isSparse(name: string): name is SparseParts['layout'] {
  return ['coo', 'csr', 'csc', 'bsr', 'bsc'].includes(name);
}

/** A tensor without elements, as models made on the meta device have. */
function onMeta(dtype: Value | undefined, dims: Value | undefined, site: Site): Value {
  const type = torchDtype(asKind(dtype, 'named')?.name ?? '') ?? 'float32';
  const shape = sizes(dims, site);
  return {
    ...contiguous(type, shape, { ...storageOf('', type, null), device: 'meta' }),
    strides: rowMajor(shape),
  };
}

function named(name: string): Named {
  return { kind: 'named', name };
}
