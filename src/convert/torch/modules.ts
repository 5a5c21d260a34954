import { NativeFunction, PyModule, UnknownValue, type Machine, type SourceText } from '../../python';
import { isKnownOperator } from '../operators';
import type { Tape } from '../tape';
import { asSchemaCall } from './calls';
import { parameterType, torchMembers } from './members';
import { nativeMembers } from './module-calls';
import { callOperator } from './values';

/** What is written in Python of the libraries that models are built with, by path: `torch/nn/linear.py`. */
const library: ReadonlyMap<string, string> = new Map(
  Object.entries(
    import.meta.glob<string>('./library/**/*.py', { eager: true, query: '?raw', import: 'default' }),
  ).map(([path, text]) => [path.replace('./library/', ''), text]),
);

/** In which file of `torch/nn` a name is defined. */
const definedIn = new Map<string, string>();
for (const [path, text] of library) {
  if (!/^torch\/nn\/\w+\.py$/.test(path)) continue;
  for (const [, name = ''] of text.matchAll(/^(?:class|def) (\w+)/gm))
    definedIn.set(`${path.slice(0, -3)}:${name}`, path);
  for (const [, name = ''] of text.matchAll(/^(?:class|def) (\w+)/gm))
    if (!path.endsWith('/functional.py')) definedIn.set(name, path);
}

/**
 * The modules of torch that programs import, with tensors on a tape: `torch` itself, `torch.nn` and what is written
 * in Python in `library/`. `null` for modules of others.
 */
export function torchModules(tape: Tape): (name: string, machine: Machine) => PyModule | SourceText | null {
  return (name, machine) => {
    if (name === 'torch') return torchModule(tape, machine);
    if (name === 'torch._native') return new PyModule(name, nativeMembers(tape));
    if (name === 'torch.nn' || MODULES_OF_NN.test(name)) return nnModule(name, tape, machine);
    if (name === 'torch.nn.functional') return functionalModule(machine);
    if (name === 'torch.nn.init') return initModule();
    const path = name.replaceAll('.', '/');
    for (const file of [`${path}.py`, `${path}/__init__.py`]) {
      const text = library.get(file);
      if (text !== undefined) return { file, text };
    }
    return null;
  };
}

/** Where classes of `torch.nn` live in torch: pickles name them so. */
const MODULES_OF_NN =
  /^torch\.nn\.(modules(\.\w+)?|parameter|intrinsic(\.modules.*)?|quantizable(\.modules.*)?)$/;

/** `torch`: what is native, what its Python part defines, and every operator that is written down. */
function torchModule(tape: Tape, machine: Machine): PyModule {
  const module = new PyModule('torch', torchMembers(tape, machine));
  module.missing = (name) => {
    const written = machine.module('torch._functions')?.members.get(name);
    if (written !== undefined) return written;
    if (!isKnownOperator(`aten::${name}`)) return new UnknownValue(`torch.${name}`, 'a part of torch');
    return new NativeFunction(name, '*args, **keywords', (inner, args, keywords) =>
      callOperator(
        inner,
        tape,
        `aten::${name}`,
        asSchemaCall(
          name,
          args.map((value) => value ?? null),
          keywords,
        ),
      ),
    );
  };
  return module;
}

/** `torch.nn` and the modules it is made of: each class from the file that defines it. */
function nnModule(name: string, tape: Tape, machine: Machine): PyModule {
  const module = new PyModule(name, [['Parameter', parameterType(tape)]]);
  module.missing = (member) => {
    const file = definedIn.get(member);
    if (file !== undefined)
      return machine.module(file.slice(0, -3).replaceAll('/', '.'))?.members.get(member);
    return new UnknownValue(`${name}.${member}`, 'a part of torch.nn');
  };
  return module;
}

/** `torch.nn.functional`: what is written in Python, else the operator of that name. */
function functionalModule(machine: Machine): PyModule {
  const module = new PyModule('torch.nn.functional');
  module.missing = (name) =>
    machine.module('torch.nn._functional')?.members.get(name) ??
    machine.getAttribute(machine.module('torch') ?? module, name);
  return module;
}

/** `torch.nn.init`: what parameters are before they are learned does not matter. */
function initModule(): PyModule {
  const module = new PyModule('torch.nn.init');
  module.missing = (name) =>
    new NativeFunction(name, 'tensor, *args, **keywords', (_, [tensor = null]) => tensor);
  return module;
}
