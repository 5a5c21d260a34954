import type { Example } from '../../../core/example';
import { PyFunction, type FunctionParameter, type Machine, type Value } from '../../../python';
import { Gap } from '../../gap';
import type { Question } from '../../report';
import type { Tape } from '../../tape/tape';
import { TensorValue } from '../../torch/values';

/** What `forward` takes, without `self`. */
export function forwardOf(machine: Machine, network: Value): readonly FunctionParameter[] {
  const forward = machine.typeOf(network).find('forward');
  if (!(forward instanceof PyFunction)) throw new Gap(`${machine.typeOf(network).name} has no forward`);
  return forward.parameters.slice(1);
}

/** Examples by the parameters they are for: by name, and those that no parameter is called like in their order. */
export function assigned(
  parameters: readonly FunctionParameter[],
  examples: readonly Example[],
): Map<string, Example> {
  const names = new Set(parameters.map(({ name }) => name));
  const found = new Map(examples.filter(({ name }) => names.has(name)).map((one) => [one.name, one]));
  const rest = examples.filter(({ name }) => !names.has(name));
  for (const { name, kind, otherwise } of parameters) {
    if (kind !== 'plain' || otherwise !== undefined || found.has(name)) continue;
    const next = rest.shift();
    if (next) found.set(name, { ...next, name });
  }
  return found;
}

/** The questions for inputs that nobody said anything about. */
export function missingInputs(
  parameters: readonly FunctionParameter[],
  given: ReadonlyMap<string, Example>,
): Question[] {
  return parameters
    .filter(({ name, kind, otherwise }) => kind === 'plain' && otherwise === undefined && !given.has(name))
    .map(({ name }) => ({
      ...{ id: `input.${name}`, label: `Size of ${name}`, kind: 'shape', usual: null, isAssumed: false },
      why: `forward takes ${name}, and no source says how large it is.`,
    }));
}

/** What `forward` is called with: inputs of the tape. */
export function argumentsOf(
  tape: Tape,
  parameters: readonly FunctionParameter[],
  given: ReadonlyMap<string, Example>,
): Map<string, Value> {
  const args = new Map<string, Value>();
  for (const { name, kind } of parameters) {
    const example = given.get(name);
    if (kind === 'plain' && example)
      args.set(name, new TensorValue(tape, tape.input(name, example.dtype, example.dims)));
  }
  return args;
}
