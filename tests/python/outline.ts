import type {
  Block,
  Comprehension,
  Expression,
  FormattedPart,
  Module,
  Parameter,
  Parameters,
  Pattern,
  Statement,
} from '../../src/python/syntax';

/** A syntax tree as brackets and words, the same that `tests/fixtures/python/outline.py` writes of CPython's. */
export function outline(module: Module): string {
  return block(module.body);
}

function block(statements: Block): string {
  return `{${statements.map(statement).join(';')}}`;
}

function statement(node: Statement): string {
  switch (node.kind) {
    case 'expression':
      return expression(node.value);
    case 'assign':
      return `${node.targets.map((target) => `${expression(target)}=`).join('')}${expression(node.value)}`;
    case 'augmented':
      return `${expression(node.target)}${node.op}=${expression(node.value)}`;
    case 'annotated':
      return `${expression(node.target)}:${expression(node.annotation)}=${maybe(node.value)}`;
    case 'return':
      return `return ${maybe(node.value)}`;
    case 'delete':
      return `del ${node.targets.map(expression).join(',')}`;
    case 'raise':
      return `raise ${maybe(node.exception)} ${maybe(node.cause)}`;
    case 'global':
    case 'nonlocal':
      return `${node.kind} ${node.names.join(',')}`;
    case 'assert':
      return `assert ${expression(node.test)} ${maybe(node.message)}`;
    case 'import':
      return `import ${names(node.names)}`;
    case 'from':
      return `from ${'.'.repeat(node.level)}${node.module} import ${node.names === '*' ? '*:-' : names(node.names)}`;
    case 'if':
    case 'while':
      return `${node.kind} ${expression(node.test)}${block(node.body)}${block(node.otherwise)}`;
    case 'for':
      return `${node.isAsync ? 'async ' : ''}for ${expression(node.target)} ${expression(node.iterable)}${block(node.body)}${block(node.otherwise)}`;
    case 'try':
      return `try${block(node.body)}${node.handlers
        .map(
          ({ type, name, body, isGroup }) =>
            `${isGroup ? '*' : ''}${maybe(type)} ${name ?? '-'}${block(body)}`,
        )
        .join('')}${block(node.otherwise)}${block(node.final)}`;
    case 'with':
      return `${node.isAsync ? 'async ' : ''}with ${node.items
        .map(({ context, target }) => `${expression(context)} ${maybe(target)}`)
        .join(',')}${block(node.body)}`;
    case 'function':
      return `${decorators(node.decorators)}${node.isAsync ? 'async ' : ''}def ${node.name}${parameters(node.parameters)}${maybe(node.returns)}${block(node.body)}`;
    case 'class':
      return `${decorators(node.decorators)}class ${node.name}(${node.bases.map(expression).join(',')})(${keywords(node.keywords)})${block(node.body)}`;
    case 'match':
      return `match ${expression(node.subject)}${node.cases
        .map((one) => `case ${pattern(one.pattern)} ${maybe(one.guard)}${block(one.body)}`)
        .join('')}`;
    case 'type':
      return `type ${node.name}=${expression(node.value)}`;
    default:
      return node.kind;
  }
}

function expression(node: Expression): string {
  switch (node.kind) {
    case 'name':
      return node.id;
    case 'constant':
      return constant(node.value);
    case 'bytes':
      return `b${JSON.stringify(node.text)}`;
    case 'imaginary':
      return `${number(node.value)}j`;
    case 'formatted':
      return `f${formatted(node.parts)}`;
    case 'list':
    case 'set':
    case 'tuple':
      return `${node.kind}(${node.items.map(expression).join(',')})`;
    case 'dict':
      return `dict(${node.entries.map(({ key, value }) => `${maybe(key)}:${expression(value)}`).join(',')})`;
    case 'unary':
      return `(${node.op} ${expression(node.operand)})`;
    case 'binary':
      return `(${expression(node.left)}${node.op}${expression(node.right)})`;
    case 'and':
    case 'or':
      return `${node.kind}(${node.operands.map(expression).join(',')})`;
    case 'compare':
      return `cmp(${expression(node.left)}${node.rest.map(({ op, right }) => ` ${op} ${expression(right)}`).join('')})`;
    case 'conditional':
      return `(${expression(node.test)}?${expression(node.then)}:${expression(node.otherwise)})`;
    case 'lambda':
      return `lambda${parameters(node.parameters)}${expression(node.body)}`;
    case 'call':
      return `${expression(node.callee)}(${node.args.map(expression).join(',')})(${keywords(node.keywords)})`;
    case 'attribute':
      return `${expression(node.object)}.${node.name}`;
    case 'subscript':
      return `${expression(node.object)}[${expression(node.index)}]`;
    case 'slice':
      return `slice(${maybe(node.start)},${maybe(node.stop)},${maybe(node.step)})`;
    case 'starred':
      return `*${expression(node.value)}`;
    case 'comprehension':
      return comprehension(node);
    case 'walrus':
      return `(${node.name}:=${expression(node.value)})`;
    case 'await':
    case 'yieldFrom':
      return `${node.kind}(${expression(node.value)})`;
    case 'yield':
      return `yield(${maybe(node.value)})`;
  }
}

function maybe(node: Expression | null): string {
  return node ? expression(node) : '-';
}

function constant(value: Extract<Expression, { kind: 'constant' }>['value']): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return `${number(value)}f`;
  if (typeof value === 'symbol') return '...';
  return value === null ? 'None' : value.toString();
}

function number(value: number): string {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  return bytes.getBigUint64(0).toString(16);
}

function formatted(parts: readonly FormattedPart[]): string {
  const texts = parts.flatMap((part): string[] => {
    if (typeof part === 'string') return [JSON.stringify(part)];
    const { value, conversion, format, label } = part;
    const field = `{${expression(value)}!${label !== null && !conversion && format.length === 0 ? 'r' : (conversion ?? '-')}:${formatted(format)}}`;
    return label === null ? [field] : [JSON.stringify(label), field];
  });
  // A label joins the text before it, as it does in CPython's tree.
  return texts.join('+').replaceAll('"+"', '');
}

function comprehension({ makes, key, element, clauses }: Comprehension): string {
  const loops = clauses.map(
    ({ isAsync, target, iterable, conditions }) =>
      ` ${isAsync ? 'async ' : ''}for ${expression(target)} in ${expression(iterable)}${conditions.map((test) => ` if ${expression(test)}`).join('')}`,
  );
  return `${makes}<${key ? `${expression(key)}:` : ''}${expression(element)}${loops.join('')}>`;
}

function keywords(list: readonly { name: string | null; value: Expression }[]): string {
  return list.map(({ name, value }) => `${name ?? '**'}=${expression(value)}`).join(',');
}

function parameters({ positionalOnly, positional, rest, keywordOnly, others }: Parameters): string {
  const list = (some: readonly Parameter[]) => some.map(parameter).join(',');
  return `(${list(positionalOnly)}/${list(positional)}*${rest ? parameter(rest) : '-'},${list(keywordOnly)}**${others ? parameter(others) : '-'})`;
}

function parameter({ name, annotation, default: value }: Parameter): string {
  return `${name}:${maybe(annotation)}=${maybe(value)}`;
}

function decorators(list: readonly Expression[]): string {
  return list.map((one) => `@${expression(one)} `).join('');
}

function names(list: readonly { name: string; alias: string | null }[]): string {
  return list.map(({ name, alias }) => `${name}:${alias ?? '-'}`).join(',');
}

function pattern(node: Pattern): string {
  switch (node.kind) {
    case 'capture':
      return `capture(${node.name ?? '_'})`;
    case 'value':
      return `value(${expression(node.value)})`;
    case 'or':
    case 'sequence':
      return `${node.kind}(${node.patterns.map(pattern).join(',')})`;
    case 'as':
      return `as(${pattern(node.pattern)},${node.name})`;
    case 'star':
      return `star(${node.name ?? '_'})`;
    case 'mapping':
      return `mapping(${node.entries.map(({ key, pattern: inner }) => `${expression(key)}:${pattern(inner)}`).join(',')}**${node.rest ?? '-'})`;
    case 'class':
      return `class(${expression(node.type)}(${node.patterns.map(pattern).join(',')})(${node.keywords.map(({ name, pattern: inner }) => `${name}=${pattern(inner)}`).join(',')}))`;
  }
}
