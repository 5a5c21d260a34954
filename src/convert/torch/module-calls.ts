import {
  BoundMethod,
  Instance,
  NativeFunction,
  PyDict,
  PyFunction,
  PyList,
  PyTuple,
  type Keywords,
  type Machine,
  type Value,
} from '../../python';
import { callAten } from '../operators/operators';
import { PackedWeight } from '../operators/packed-weight';
import type { Tape } from '../tape/tape';
import { asSchemaCall } from './calls';
import { dtypeIn } from './dtypes';
import { ownPath } from './place';
import { drawn } from './random';
import { callOperator, fromResult, SizeValue, TensorValue } from './values';

/** What the base of all modules asks of us, `torch._native`: what is done too often to be written in Python. */
export function nativeMembers(tape: Tape): [string, Value][] {
  return [
    [
      'get_attribute',
      new NativeFunction(
        '__getattr__',
        'self, name',
        (machine, [self, name]) => getAttribute(machine, self, name),
        true,
      ),
    ],
    [
      'set_attribute',
      new NativeFunction(
        '__setattr__',
        'self, name, value',
        (machine, [self, name, value = null]) => {
          setAttribute(machine, self, name, value);
          return null;
        },
        true,
      ),
    ],
    [
      'note',
      new NativeFunction('note', 'text', (machine, [text = null]) => {
        machine.note(machine.str(text));
        return null;
      }),
    ],
    [
      'drawn',
      new NativeFunction('drawn', 'size, dtype', (machine, [size = null, dtype = null]) => {
        const sizes = machine
          .list(size)
          .map((one) => (one instanceof SizeValue ? one.size : machine.index(one)));
        return new TensorValue(tape, drawn(tape, sizes, dtypeIn(dtype) ?? 'float32'));
      }),
    ],
    [
      'linear_dynamic',
      new NativeFunction('linear_dynamic', 'input, weight, bias', (machine, [input, weight, bias = null]) => {
        if (!(input instanceof TensorValue) || !(weight instanceof TensorValue))
          throw machine.error('TypeError', 'a layer takes tensors');
        const packed = new PackedWeight(weight.tensor, bias instanceof TensorValue ? bias.tensor : null);
        return fromResult(tape, callAten(tape, 'quantized::linear_dynamic', [input.tensor, packed]));
      }),
    ],
    [
      'parameters_of',
      new NativeFunction('parameters_of', 'method', (_, [method = null]) => {
        const callee = method instanceof BoundMethod ? method.callee : method;
        const parameters = callee instanceof PyFunction ? callee.parameters : [];
        return new PyList(parameters.map(({ name }) => name));
      }),
    ],
    [
      'operator',
      new NativeFunction(
        'operator',
        'name, *args, **keywords',
        (machine, [name = null, ...given], keywords) => {
          const args = given.map((value) => value ?? null);
          const operator = machine.str(name);
          return callOperator(machine, tape, `aten::${operator}`, asSchemaCall(operator, args, keywords));
        },
      ),
    ],
    ['call_module', new NativeFunction('__call__', 'self, *args, **keywords', calling(tape), true)],
  ];
}

const KEPT = ['_parameters', '_buffers', '_modules'] as const;

/** A parameter, buffer or module by its name. */
function getAttribute(machine: Machine, self: Value | undefined, name: Value | undefined): Value {
  if (self instanceof Instance && typeof name === 'string') {
    for (const kind of KEPT) {
      const found = keptBy(self, kind)?.get(name);
      if (found !== undefined) return found;
    }
    const computed = isComputed(self, name) ? recovered(machine, self, name) : null;
    if (computed !== null) return computed;
  }
  const type = machine.typeOf(self ?? null).name;
  throw machine.error('AttributeError', `'${type}' object has no attribute '${machine.str(name ?? null)}'`);
}

/** Whether a weight is computed of others: `weight` of `weight_g`, of `weight_orig`, or of a parametrization. */
function isComputed(self: Instance, name: string): boolean {
  const kept = keptBy(self, '_parameters');
  if (['_g', '_orig'].some((end) => kept?.get(`${name}${end}`) !== undefined)) return true;
  const parametrized = keptBy(self, '_modules')?.get('parametrizations');
  return parametrized instanceof Instance && keptBy(parametrized, '_modules')?.get(name) !== undefined;
}

/** A weight that is computed before every call, where nothing was called yet or a pickle has lost the hook. */
function recovered(machine: Machine, self: Instance, name: string): Value {
  const compute = machine.module('torch.nn.utils.weights')?.members.get('_recovered');
  return compute === undefined ? null : machine.call(compute, [self, name]);
}

function keptBy(self: Instance, kind: (typeof KEPT)[number]): PyDict | null {
  const dict = self.attributes?.get(kind);
  return dict instanceof PyDict ? dict : null;
}

/** Parameters and modules have places of their own, and what stands under a name there stays there. */
function setAttribute(
  machine: Machine,
  self: Value | undefined,
  name: Value | undefined,
  value: Value,
): void {
  if (!(self instanceof Instance) || typeof name !== 'string')
    throw machine.error('TypeError', 'attributes of modules have names');
  const dicts = new Map(KEPT.map((kind) => [kind, keptBy(self, kind)]));
  const kind =
    value instanceof TensorValue && value.isParameter
      ? '_parameters'
      : value instanceof Instance && isModule(value)
        ? '_modules'
        : KEPT.find((one) => dicts.get(one)?.get(name) !== undefined);
  if (kind === undefined) {
    machine.plainSetAttribute(self, name, value);
    return;
  }
  const place = dicts.get(kind);
  if (!place) throw machine.error('AttributeError', `cannot assign '${name}' before Module.__init__() call`);
  for (const [one, dict] of dicts) {
    if (one === kind || dict?.get(name) === undefined) continue;
    machine.touch(dict);
    dict.entries.delete(name);
  }
  machine.touch(place);
  machine.touch(self);
  machine.allocate(1);
  self.attributes?.delete(name);
  place.set(name, value);
}

function isModule(value: Instance): boolean {
  return (
    value.subclass?.mro.some(({ name, module }) => name === 'Module' && module === 'torch.nn.module') ?? false
  );
}

type Run = (machine: Machine, args: readonly (Value | undefined)[], keywords: Keywords) => Value;

/** Calls a module's `forward`, between its hooks; what it records is named by where the module stands. */
function calling(tape: Tape): Run {
  const open: string[] = [];
  return (machine, [self = null, ...given], keywords) => {
    const args = given.map((value) => value ?? null);
    const path = ownPath(self);
    if (path === undefined) return forward(machine, self, args, keywords);
    const around = open.at(-1) ?? '';
    open.push(path);
    try {
      const scope = path.startsWith(`${around}.`) ? path.slice(around.length + 1) : path;
      return tape.scope(scope, () => forward(machine, self, args, keywords));
    } finally {
      open.pop();
    }
  };
}

function forward(machine: Machine, self: Value, given: readonly Value[], keywords: Keywords): Value {
  let args = given;
  for (const hook of hooksOf(self, '_forward_pre_hooks')) {
    const changed = machine.call(hook, [self, new PyTuple(args)]);
    if (changed !== null) args = changed instanceof PyTuple ? changed.items : [changed];
  }
  let result = machine.callMethod(self, 'forward', args, keywords);
  for (const hook of hooksOf(self, '_forward_hooks')) {
    const changed = machine.call(hook, [self, new PyTuple(args), result]);
    if (changed !== null) result = changed;
  }
  return result;
}

function hooksOf(self: Value, kind: string): Value[] {
  const hooks = self instanceof Instance ? self.attributes?.get(kind) : undefined;
  return hooks instanceof PyDict ? [...hooks.entries.values()].map(([, hook]) => hook) : [];
}
