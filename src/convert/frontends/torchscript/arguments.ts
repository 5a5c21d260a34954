import type { Checkpoint } from '../../../core/checkpoint';
import type { Example } from '../../../core/example';
import { PyList, PyTuple, type Value } from '../../../python';
import { examplesOf, freed } from '../../examples';
import { Gap } from '../../gap';
import type { Question } from '../../report';
import type { Freedom, Request } from '../../request';
import type { Tape } from '../../tape/tape';
import { TensorValue } from '../../torch/values';

/** What `forward` is called with: made on a tape, unless something has to be asked first. */
export type Arguments = { questions: Question[] } | { make: (tape: Tape) => Value[] };

/** The arguments of a program: inputs for tensors, by name or in their order, and constants for what was answered. */
export function argumentsOf(request: Request, freedom: Freedom): Arguments {
  const parameters = parametersOf(request.checkpoint);
  const given = examplesOf(request);
  const slots = parameters.flatMap((parameter, at) => slotsOf(parameter, given, at));
  const examples = freed(
    slots.flatMap(({ example }) => example ?? []),
    freedom,
  );
  const questions = [
    ...slots.filter(({ example, isNeeded }) => !example && isNeeded).map(({ name }) => sizeOf(name)),
    ...parameters.filter((parameter) => isUnanswered(parameter, request)).map(constantOf),
  ];
  if (questions.length > 0) return { questions };
  const make = (tape: Tape) => {
    const inputs = new Map(
      examples.map(({ name, dtype, dims }) => [name, new TensorValue(tape, tape.input(name, dtype, dims))]),
    );
    return parameters.map((parameter): Value => {
      const { name, type, otherwise } = parameter;
      const parts = [...inputs].filter(([one]) => one.startsWith(`${name}.`)).map(([, value]) => value);
      if (type.startsWith('List') && parts.length > 0) return new PyList(parts);
      if (type.startsWith('Tuple') && parts.length > 0) return new PyTuple(parts);
      const value = inputs.get(name) ?? answeredOf(parameter, request) ?? otherwise;
      if (value !== undefined) return value;
      if (type.startsWith('Optional')) return null;
      throw new Gap(`its argument ${name} is of the type ${type}, which is neither tensors nor a number`);
    });
  };
  return { make };
}

interface Parameter {
  name: string;
  /** As TorchScript writes it: `Optional[Tensor]`. */
  type: string;
  /** What it is where it is not given; `undefined` where it has to be. */
  otherwise: Value | undefined;
}

/** What `forward` takes: `forward(self, x: Tensor, lengths: Optional[Tensor]=None) -> Tensor`. */
function parametersOf({ module }: Checkpoint): Parameter[] {
  const forward = module?.methods.find((method) => method.startsWith('forward('));
  const list = /^forward\(self,?\s*(.*)\)(?: ->.*)?$/.exec(forward ?? '')?.[1] ?? '';
  return separated(list).map((parameter) => {
    const [, name = '', type = 'Tensor', said = ''] =
      /^(\w+)\s*(?::\s*([^=]*?))?\s*(?:=\s*(.*))?$/.exec(parameter) ?? [];
    return { name, type, otherwise: said === '' ? undefined : literalOf(said) };
  });
}

/** The parts of a text between commas that are in no brackets. */
function separated(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if ('[('.includes(character)) depth += 1;
    if ('])'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + character);
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** A number, a text or a constant as Python writes it; `undefined` for anything else. */
function literalOf(text: string): Value | undefined {
  if (/^-?\d+$/.test(text)) return BigInt(text);
  if (/^-?\d+(\.\d*)?(e[-+]?\d+)?$/i.test(text)) return Number(text);
  const [, quoted] = /^["'](.*)["']$/.exec(text) ?? [];
  return quoted ?? literals.get(text);
}

const literals = new Map<string, Value>([
  ['None', null],
  ['True', true],
  ['False', false],
]);

/** Where a tensor goes, and the example it is made by. */
interface Slot {
  name: string;
  example: Example | null;
  isNeeded: boolean;
}

function slotsOf({ name, type }: Parameter, given: readonly Example[], at: number): Slot[] {
  const named = (label: string) => given.find((one) => one.name === label);
  const parts = given.filter((one) => one.name.startsWith(`${name}.`));
  const found = named(name) ?? (type === 'Tensor' ? given[at] : undefined);
  const slot = (label: string, example = named(label)): Slot => ({
    name: label,
    example: example ? { ...example, name: label } : null,
    isNeeded: !type.startsWith('Optional'),
  });
  if (type === 'Tensor' || type === 'Optional[Tensor]') return [slot(name, found)];
  if (type === 'List[Tensor]')
    return parts.length > 0 ? parts.map((one) => slot(one.name)) : [slot(`${name}.0`, found)];
  const [, items] = /^Tuple\[(Tensor(?:, Tensor)*)\]$/.exec(type) ?? [];
  return (items?.split(', ') ?? []).map((_, place) => slot(`${name}.${place}`));
}

/** A number, a truth value or a text, which a model cannot take: it is made for one. */
function isConstant({ type }: Parameter): boolean {
  return ['int', 'float', 'bool', 'str'].includes(type);
}

function isUnanswered(parameter: Parameter, request: Request): boolean {
  if (!isConstant(parameter) || parameter.otherwise !== undefined) return false;
  return answeredOf(parameter, request) === undefined;
}

function answeredOf(parameter: Parameter, { answers }: Request): Value | undefined {
  const answer = answers[`argument.${parameter.name}`];
  if (answer === undefined || !isConstant(parameter)) return undefined;
  if (parameter.type === 'str') return answer;
  const value = literalOf(answer.trim());
  if (parameter.type === 'float') return typeof value === 'bigint' ? Number(value) : value;
  const kind = parameter.type === 'int' ? 'bigint' : 'boolean';
  return typeof value === kind ? value : undefined;
}

function constantOf({ name, type }: Parameter): Question {
  const choices = type === 'bool' ? { choices: ['True', 'False'] } : {};
  return {
    ...{ id: `argument.${name}`, label: `Value of ${name}`, ...choices, usual: null, isAssumed: false },
    kind: type === 'bool' ? 'choice' : type === 'str' ? 'text' : 'number',
    why: 'A model takes tensors alone: it is made for one value of this argument.',
  };
}

function sizeOf(name: string): Question {
  return {
    ...{ id: `input.${name}`, label: `Size of ${name}`, kind: 'shape', usual: null, isAssumed: false },
    why: 'A TorchScript program does not say what its tensors are like.',
  };
}
