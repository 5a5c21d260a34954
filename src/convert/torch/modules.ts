import {
  NativeFunction,
  PyFunction,
  PyModule,
  UnknownValue,
  type Machine,
  type SourceText,
} from '../../python';
import { isKnownOperator } from '../operators/operators';
import type { Tape } from '../tape/tape';
import { asSchemaCall } from './calls';
import { folderOf, isWritten, moduleDefining, textOf } from './library';
import { parameterType, torchMembers } from './members';
import { nativeMembers } from './module-calls';
import { callOperator } from './values';
import { WrittenFunction } from './written-function';

/**
 * The modules of torch that programs import, with tensors on a tape: `torch` itself, and what is written in Python in
 * `library/`. `null` for modules of others.
 */
export function torchModules(tape: Tape): (name: string, machine: Machine) => PyModule | SourceText | null {
  return (name, machine) => {
    if (name === 'torch') return torchModule(tape, machine);
    if (name === 'torch._native') return new PyModule(name, nativeMembers(tape));
    const text = textOf(name);
    if (text !== null) return text;
    const folder = folderOf(name);
    if (folder !== null) return gatheredModule(name, folder, tape, machine);
    return isWritten(name) ? packageOf(name, machine) : null;
  };
}

/** `torch`: what is native, what is written in Python, and every operator that is written down. */
function torchModule(tape: Tape, machine: Machine): PyModule {
  const module = new PyModule('torch', torchMembers(tape, machine));
  const operators = new Map<string, NativeFunction>();
  const written = new Map<string, WrittenFunction>();
  module.missing = (name) => {
    const found = written.get(name) ?? memberOf(machine, 'torch/functions', name);
    if (found instanceof PyFunction) {
      const whole = new WrittenFunction(name, found);
      written.set(name, whole);
      return whole;
    }
    if (found !== undefined) return found;
    if (folderOf(`torch.${name}`) !== null || isWritten(`torch.${name}`))
      return machine.module(`torch.${name}`) ?? undefined;
    // What works in place has to be known, whatever becomes of its result.
    const isInPlace = /[^_]_$/.test(name);
    if (!isKnownOperator(`aten::${name}`) && !isInPlace)
      return new UnknownValue(`torch.${name}`, 'a part of torch');
    const known = operators.get(name) ?? operator(tape, name);
    operators.set(name, known);
    return known;
  };
  return module;
}

function operator(tape: Tape, name: string): NativeFunction {
  return new NativeFunction(name, '*args, **keywords', (machine, args, keywords) =>
    callOperator(
      machine,
      tape,
      `aten::${name}`,
      asSchemaCall(
        name,
        args.map((value) => value ?? null),
        keywords,
      ),
    ),
  );
}

/** What a file of a folder defines under a name. */
function memberOf(machine: Machine, folder: string, name: string) {
  const module = moduleDefining(folder, name);
  return module === null ? undefined : machine.module(module)?.members.get(name);
}

/** A package, each of whose members is read from the file that defines it when it is first asked for. */
function gatheredModule(name: string, folder: string, tape: Tape, machine: Machine): PyModule {
  const isFunctional = folder === 'torch/nn/functional';
  const module = new PyModule(name, folder === 'torch/nn' ? [['Parameter', parameterType(tape)]] : []);
  module.missing = (member) => {
    const written = memberOf(machine, folder, member);
    if (written !== undefined) return written;
    const torch = isFunctional ? machine.module('torch') : null;
    if (torch) return machine.findAttribute(torch, member);
    return inner(name, member, machine);
  };
  return module;
}

/** A package of nothing but modules. */
function packageOf(name: string, machine: Machine): PyModule {
  const module = new PyModule(name);
  module.missing = (member) => inner(name, member, machine);
  return module;
}

/** A module inside of a package; what is none is a part of it that is not known here. */
function inner(name: string, member: string, machine: Machine) {
  const path = `${name}.${member}`;
  return (isModule(name, path) ? machine.module(path) : null) ?? new UnknownValue(path, `a part of ${name}`);
}

/** Packages that are gathered are called by many names; of those only `torch.nn.modules` is gone through. */
function isModule(around: string, path: string): boolean {
  if (isWritten(path)) return true;
  const folder = folderOf(path);
  if (folder === null) return false;
  return folder !== folderOf(around) || /^torch\.nn(\.modules)?\.[a-z]\w*$/.test(path);
}
