import { printExample, type Example } from '../../../core/example';
import { examplesOf } from '../../examples';
import type { Question } from '../../report';
import type { Request } from '../../request';
import { Tape } from '../../tape/tape';
import type { Frontend } from '../frontend';
import { arrangements, isSizeFree, textOf, type Geometry } from './geometry';
import { chainOf, type Layer } from './layers';
import { activations, endings, isActivated, recordChain, type Choices } from './record';

/**
 * Weights whose names and shapes form one chain of dense layers, convolutions and norms. What they do not say
 * (activations, pools, padding) is a question each, with what is usual where the shapes leave one possibility.
 */
export const plain: Frontend = {
  id: 'plain',
  label: 'Chain of layers',
  declines({ checkpoint }) {
    if (!['state dict', 'checkpoint', 'lightning'].includes(checkpoint.layout)) {
      return `it is no state dict but a ${checkpoint.layout}`;
    }
    if (checkpoint.format === 'lean') return 'it is a Lean source';
    const chain = chainOf(checkpoint.tensors);
    return typeof chain === 'string' ? chain : null;
  },
  async translate(request, _freedom, _job) {
    const chain = chainOf(request.checkpoint.tensors);
    if (typeof chain === 'string') return { kind: 'gaps', gaps: [] };
    const questions = questionsOf(chain, request);
    const answer = (id: string) => {
      const question = questions.find((one) => one.id === id);
      const given = request.answers[id];
      const isChoice =
        question?.choices === undefined || (given !== undefined && question.choices.includes(given));
      return given !== undefined && isChoice ? given : (question?.usual ?? null);
    };
    if (questions.some(({ id }) => answer(id) === null)) return { kind: 'questions', questions };
    const tape = new Tape({ opset: request.opset });
    const [example] = examplesOf({ ...request, answers: { [`input.x`]: answer('input.x') ?? '' } });
    const { name = 'x', dims = ['batch', chain[0]?.takes ?? 1] } = example ?? {};
    const dtype = chain[0]?.tensors.get('weight')?.dtype === 'float64' ? 'float64' : 'float32';
    const input = tape.input(name, dtype, ['batch', ...dims.slice(1)]);
    const choices: Choices = {
      activation: (after) => answer(`activation.${after}`) ?? 'none',
      final: answer('final') ?? 'scores',
      pool: answer('pool') === 'average' ? 'avg' : 'max',
      eps: Number(answer('eps') ?? 1e-5),
      stride: Number(answer('stride') ?? 1),
      geometry: geometryOf(chain, request).find((one) => textOf(one) === answer('arrangement')) ?? null,
    };
    const output = await recordChain(tape, chain, input, choices, request.read);
    const assumed = questions.filter(({ id, isAssumed }) => isAssumed && !isAnswered(id, request));
    const notes = assumed.map(({ label, usual }) => `Assumed: ${label} ${usual ?? ''}.`);
    return { kind: 'recorded', tape, outputs: [{ name: 'output', tensor: output }], questions, notes };
  },
};

/** `activation` answers for all layers at once. */
function isAnswered(id: string, { answers }: Request): boolean {
  return answers[id] !== undefined || (id.startsWith('activation.') && answers['activation'] !== undefined);
}

function questionsOf(chain: readonly Layer[], request: Request): Question[] {
  const has = (kind: string) => chain.some((layer) => layer.kind.endsWith(kind));
  const assumed = { kind: 'choice', isAssumed: true } as const;
  const questions: Question[] = [];
  if (has('conv')) questions.push(...imageQuestions(chain, request));
  const usual = request.answers['activation'] ?? 'ReLU';
  for (const { name } of chain.filter((_, at) => isActivated(chain, at))) {
    const why = 'weights do not say what lies between layers';
    const choices = [...activations.keys()];
    questions.push({
      ...assumed,
      id: `activation.${name}`,
      label: `activation after ${name}`,
      choices,
      why,
      usual,
    });
  }
  if (has('norm')) {
    const why = 'a norm divides by the root of the variance and this';
    questions.push({
      ...assumed,
      id: 'eps',
      label: 'epsilon of the norms',
      kind: 'number',
      why,
      usual: '1e-5',
    });
  }
  const why = 'many models leave this to the loss they are trained with';
  const choices = [...endings.keys()];
  questions.push({ ...assumed, id: 'final', label: 'after the last layer', choices, why, usual: 'scores' });
  return questions;
}

function imageQuestions(chain: readonly Layer[], request: Request): Question[] {
  const assumed = { kind: 'choice', isAssumed: true } as const;
  const example = imageOf(chain, request);
  const usual = example && printExample(example);
  const input: Question = {
    ...{ id: 'input.x', label: 'size of the images', kind: 'shape', usual, isAssumed: false },
    why: 'convolutions take images of any size',
  };
  const stride: Question = {
    ...{ ...assumed, id: 'stride', label: 'stride of the convolutions', kind: 'number', usual: '1' },
    why: 'weights do not say how far a convolution steps',
  };
  const found = geometryOf(chain, request);
  const [only, ...more] = found;
  const arrangement: Question = {
    ...{ ...assumed, id: 'arrangement', label: 'padding and pools', choices: found.map(textOf) },
    usual: only && more.length === 0 ? textOf(only) : null,
    why:
      found.length === 0
        ? 'no usual arrangement leads from this size to what the first dense layer takes'
        : 'it decides how many values the first dense layer gets',
  };
  const pool: Question = {
    ...{ ...assumed, id: 'pool', label: 'kind of the pools', choices: ['max', 'average'], usual: 'max' },
    why: 'pools have no weights',
  };
  return [input, stride, ...(usual === null ? [] : [arrangement, pool])];
}

/** Sizes that images of models this plain usually have. */
const usualSizes = [28, 32, 64];

/** What was given, else the only usual size that leads to what the first dense layer takes. */
function imageOf(chain: readonly Layer[], request: Request): Example | null {
  const [given] = examplesOf(request);
  if (given) return given;
  const [first] = chain;
  const channels = (first?.takes ?? 1) * (first?.groups ?? 1);
  if (isSizeFree(chain)) {
    const sides = ['height', 'width', 'depth'].slice(0, first?.kernel.length ?? 2);
    return {
      name: 'x',
      dtype: 'float32',
      dims: ['batch', channels, ...(sides.length === 1 ? ['length'] : sides)],
    };
  }
  const images = usualSizes.map((size) => (first?.kernel ?? []).map(() => size));
  const fitting = images.filter((image) => arrangements(chain, image, strideOf(request)).length > 0);
  const [only, ...more] = fitting;
  if (only === undefined || more.length > 0) return null;
  return { name: 'x', dtype: 'float32', dims: ['batch', channels, ...only] };
}

function geometryOf(chain: readonly Layer[], request: Request): Geometry[] {
  const image = imageOf(chain, request)?.dims.slice(2);
  const sizes = image?.filter((size) => typeof size === 'number') ?? [];
  if (image === undefined || (sizes.length !== image.length && !isSizeFree(chain))) return [];
  return arrangements(chain, sizes, strideOf(request));
}

function strideOf({ answers }: Request): number {
  return Math.max(1, Math.trunc(Number(answers['stride'] ?? 1)) || 1);
}
