import type { Block, Expression, FunctionDefinition, Parameters, Place } from '../../syntax';
import { PyFunction, type FunctionParameter } from '../../values/callable';
import { PyIterator } from '../../values/containers';
import type { Keywords, Value } from '../../values/object';
import { Frame, type Code } from '../frame';
import { RETURNS, type Compiler, type Evaluate, type Execute } from './compiler';
import { binder, choicesOf, defaultsOf, parameterNames, type Defaults } from './parameters';
import { boundIn, boundInExpression, Scope } from './scope';
import { driveGenerator } from './generators';

interface Definition extends Place {
  name: string;
  parameters: Parameters;
  body: Block;
  isAsync: boolean;
}

/** `def name(…): …` without its decorators: a function of the frame it is defined in. */
export function functionDefinition(
  compiler: Compiler,
  node: FunctionDefinition & Place,
  scope: Scope,
): Evaluate {
  return makeFunction(compiler, node, scope);
}

/** `lambda …: body`. */
export function lambda(compiler: Compiler, node: Expression & { kind: 'lambda' }, scope: Scope): Evaluate {
  const { line, column, body } = node;
  const result: Block = [{ kind: 'return', value: body, line, column }];
  const definition = {
    name: '<lambda>',
    parameters: node.parameters,
    body: result,
    isAsync: false,
    line,
    column,
  };
  return makeFunction(compiler, definition, scope, boundInExpression(body));
}

function makeFunction(
  compiler: Compiler,
  node: Definition,
  scope: Scope,
  bound = boundIn(node.body),
): Evaluate {
  const { runtime } = compiler;
  const path =
    scope.kind === 'module'
      ? node.name
      : `${scope.path}.${scope.kind === 'class' ? '' : '<locals>.'}${node.name}`;
  const names = parameterNames(node.parameters);
  const { rest, others, positionalOnly, positional, keywordOnly } = node.parameters;
  const choices = new Map(
    [...positionalOnly, ...positional, ...keywordOnly].map(({ name, annotation }) => [
      name,
      choicesOf(annotation),
    ]),
  );
  const inner = new Scope('function', scope, path, [...names, ...bound.names], bound);
  const code: Code = { ...compiler.code, where: path };
  const defaults = defaultsOf(compiler, node.parameters, scope);
  const bind = binder(runtime, path, node.parameters);
  const doc = docOf(node.body);
  const body = lazily(() =>
    bound.yields ? () => RETURNS : compiler.block(node.body, inner, (frame) => endOf(frame)),
  );
  const resume = lazily(() => compiler.resumable(node.body, inner));
  const size = inner.names.length;

  function invoker(outer: Frame, given: Defaults): (args: readonly Value[], keywords: Keywords) => Value {
    if (node.isAsync) {
      return () => {
        throw runtime.unknown(`${node.name} is asynchronous, which is not known here`);
      };
    }
    if (bound.yields) {
      return (args, keywords) => {
        const frame = new Frame(code, outer, size);
        bind(frame, args, keywords, given);
        return new PyIterator('generator', driveGenerator(runtime, frame, resume()), 'generator');
      };
    }
    return (args, keywords) => {
      const frame = new Frame(code, outer, size);
      bind(frame, args, keywords, given);
      runtime.enter(frame);
      try {
        body()(frame);
      } finally {
        runtime.leave(frame);
      }
      return frame.returned;
    };
  }

  return (frame) => {
    const given = defaults(frame);
    const parameters = names.map((name): FunctionParameter => {
      const kind = name === rest?.name ? 'rest' : name === others?.name ? 'others' : 'plain';
      return { name, kind, otherwise: given.get(name), choices: choices.get(name) ?? [] };
    });
    const made = new PyFunction(path, invoker(frame, given), { doc, module: code.module, parameters });
    runtime.allocate(1);
    return made;
  };
}

function endOf(frame: Frame): typeof RETURNS {
  frame.returned = null;
  return RETURNS;
}

/** Bodies are compiled when they are first run: most functions of a source never are. */
function lazily<T extends Execute | ReturnType<Compiler['resumable']>>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

/** The text at the beginning of a body. */
export function docOf(body: Block): string | null {
  const [first] = body;
  if (first?.kind !== 'expression' || first.value.kind !== 'constant') return null;
  return typeof first.value.value === 'string' ? first.value.value : null;
}
