import type { Block, Expression, Pattern, Statement } from '../../syntax';

/** Where a name is kept: in a slot of a frame some frames out, in the map of a class body, or in the module. */
export type Resolved = { in: 'slot'; depth: number; slot: number } | { in: 'names' } | { in: 'module' };

/** The names of a module, a class body, a function or a comprehension, found before anything is run. */
export class Scope {
  readonly kind: 'module' | 'class' | 'function' | 'comprehension';
  readonly parent: Scope | null;
  /** Its own names, in the order of the slots. */
  readonly names: readonly string[];
  readonly #slots = new Map<string, number>();
  readonly #elsewhere = new Set<string>();
  readonly #globals: ReadonlySet<string>;
  /** `Net.forward`: what the frame is called. */
  readonly path: string;

  constructor(kind: Scope['kind'], parent: Scope | null, path: string, own: Iterable<string>, bound?: Bound) {
    this.kind = kind;
    this.parent = parent;
    this.path = path;
    this.#globals = bound?.globals ?? new Set();
    for (const name of [...this.#globals, ...(bound?.nonlocals ?? [])]) this.#elsewhere.add(name);
    for (const name of own)
      if (!this.#elsewhere.has(name) && !this.#slots.has(name)) this.#slots.set(name, this.#slots.size);
    this.names = [...this.#slots.keys()];
  }

  /** Where the name is that is read here; class bodies read what they do not have from around them. */
  resolve(name: string): Resolved {
    if (this.#globals.has(name)) return { in: 'module' };
    if (this.kind === 'module') return { in: 'module' };
    if (this.kind === 'class' && !this.#elsewhere.has(name)) return { in: 'names' };
    return this.resolveAround(name, this.kind === 'class');
  }

  /** Where a name is that a class body does not have. */
  resolveAround(name: string, skipsItself = true): Resolved {
    return this.#find(name, 0, skipsItself);
  }

  #find(name: string, depth: number, skips: boolean): Resolved {
    if (this.kind === 'module' || this.#globals.has(name)) return { in: 'module' };
    const slot = skips || this.kind === 'class' ? undefined : this.#slots.get(name);
    if (slot !== undefined) return { in: 'slot', depth, slot };
    return this.parent ? this.parent.#find(name, depth + 1, false) : { in: 'module' };
  }

  /** The scope that `:=` in a comprehension and `global` mean by "here". */
  get function(): Scope {
    return this.kind === 'comprehension' && this.parent ? this.parent.function : this;
  }
}

/** The names a block gives values to, and what else is to be known of it before it runs. */
export interface Bound {
  names: Set<string>;
  globals: Set<string>;
  nonlocals: Set<string>;
  yields: boolean;
}

/** Looks through statements, but not into the functions and classes they define. */
export function boundIn(body: Block): Bound {
  const bound: Bound = { names: new Set(), globals: new Set(), nonlocals: new Set(), yields: false };
  for (const statement of body) visitStatement(statement, bound);
  return bound;
}

/** The same of an expression: only `:=` gives a value there. */
export function boundInExpression(expression: Expression): Bound {
  const bound: Bound = { names: new Set(), globals: new Set(), nonlocals: new Set(), yields: false };
  visitExpressions(expression, bound);
  return bound;
}

/** The names that an assignment to a target gives values to. */
export function namesOf(target: Expression): string[] {
  switch (target.kind) {
    case 'name':
      return [target.id];
    case 'tuple':
    case 'list':
      return target.items.flatMap(namesOf);
    case 'starred':
      return namesOf(target.value);
    default:
      return [];
  }
}

function visitStatement(node: Statement, bound: Bound): void {
  const add = (names: Iterable<string | null>) => {
    for (const name of names) if (name !== null) bound.names.add(name);
  };
  switch (node.kind) {
    case 'assign':
      add(node.targets.flatMap(namesOf));
      break;
    case 'augmented':
    case 'annotated':
    case 'for':
      add(namesOf(node.target));
      break;
    case 'delete':
      add(node.targets.flatMap(namesOf));
      break;
    case 'with':
      add(node.items.flatMap(({ target }) => (target ? namesOf(target) : [])));
      break;
    case 'import':
      add(node.names.map(({ name, alias }) => alias ?? name.split('.')[0] ?? name));
      break;
    case 'from':
      if (node.names !== '*') add(node.names.map(({ name, alias }) => alias ?? name));
      break;
    case 'try':
      add(node.handlers.map(({ name }) => name));
      break;
    case 'match':
      for (const { pattern } of node.cases) visitPattern(pattern, bound);
      break;
    case 'global':
      for (const name of node.names) bound.globals.add(name);
      return;
    case 'nonlocal':
      for (const name of node.names) bound.nonlocals.add(name);
      return;
    case 'function':
    case 'class':
    case 'type':
      add([node.name]);
      return;
    default:
  }
  visitParts(node, bound);
}

function visitPattern(pattern: Pattern, bound: Bound): void {
  const captured = pattern.kind === 'mapping' ? pattern.rest : 'name' in pattern ? pattern.name : null;
  if (captured !== null) bound.names.add(captured);
  switch (pattern.kind) {
    case 'or':
    case 'sequence':
      for (const inner of pattern.patterns) visitPattern(inner, bound);
      break;
    case 'as':
      visitPattern(pattern.pattern, bound);
      break;
    case 'mapping':
      for (const entry of pattern.entries) visitPattern(entry.pattern, bound);
      break;
    case 'class':
      for (const inner of [...pattern.patterns, ...pattern.keywords.map((keyword) => keyword.pattern)])
        visitPattern(inner, bound);
      break;
    default:
  }
}

function visitExpressions(node: Expression, bound: Bound): void {
  if (node.kind === 'lambda') return;
  if (node.kind === 'walrus') bound.names.add(node.name);
  if (node.kind === 'yield' || node.kind === 'yieldFrom') bound.yields = true;
  visitParts(node, bound);
}

/** Goes through the parts of a node, whatever they are called: syntax holds nothing but nodes, lists and words. */
function visitParts(node: object, bound: Bound): void {
  for (const part of Object.values(node) as unknown[]) visitPart(part, bound);
}

function visitPart(part: unknown, bound: Bound): void {
  if (typeof part !== 'object' || part === null) return;
  if (Array.isArray(part)) for (const one of part as unknown[]) visitPart(one, bound);
  else if (isStatement(part)) visitStatement(part, bound);
  else if ('kind' in part) visitExpressions(part as Expression, bound);
  else visitParts(part, bound);
}

const statements: ReadonlySet<string> = new Set<Statement['kind']>([
  ...([
    'expression',
    'assign',
    'augmented',
    'annotated',
    'return',
    'delete',
    'pass',
    'break',
    'continue',
  ] as const),
  ...([
    'raise',
    'global',
    'nonlocal',
    'assert',
    'import',
    'from',
    'if',
    'while',
    'for',
    'try',
    'with',
  ] as const),
  ...(['function', 'class', 'match', 'type'] as const),
]);

function isStatement(part: object): part is Statement {
  return 'kind' in part && typeof part.kind === 'string' && statements.has(part.kind);
}

/** The names that one statement gives values to. */
export function namesIn(statement: Statement): ReadonlySet<string> {
  return boundIn([statement]).names;
}
