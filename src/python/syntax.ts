/** Where in its source something stands; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A source that was read: what the places of its syntax point into. */
export interface Module {
  readonly file: string;
  readonly lines: readonly string[];
  readonly body: readonly Statement[];
}

/** What Python calls an expression. */
export type Expression = Place &
  (
    | { kind: 'name'; id: string }
    | { kind: 'constant'; value: Constant }
    | { kind: 'bytes'; text: string }
    | { kind: 'imaginary'; value: number }
    | { kind: 'formatted'; parts: readonly FormattedPart[] }
    | { kind: 'list' | 'tuple' | 'set'; items: readonly Expression[] }
    | { kind: 'dict'; entries: readonly DictEntry[] }
    | { kind: 'unary'; op: UnaryOperator; operand: Expression }
    | { kind: 'binary'; op: BinaryOperator; left: Expression; right: Expression }
    | { kind: 'and' | 'or'; operands: readonly Expression[] }
    | { kind: 'compare'; left: Expression; rest: readonly Comparison[] }
    | { kind: 'conditional'; test: Expression; then: Expression; otherwise: Expression }
    | { kind: 'lambda'; parameters: Parameters; body: Expression }
    | Call
    | { kind: 'attribute'; object: Expression; name: string }
    | { kind: 'subscript'; object: Expression; index: Expression }
    | { kind: 'slice'; start: Expression | null; stop: Expression | null; step: Expression | null }
    | { kind: 'starred'; value: Expression }
    | Comprehension
    | { kind: 'walrus'; name: string; value: Expression }
    | { kind: 'await'; value: Expression }
    | { kind: 'yield'; value: Expression | null }
    | { kind: 'yieldFrom'; value: Expression }
  );

/** `callee(args…, name=value…)`; a keyword without a name is `**value`, an argument may be starred. */
export interface Call {
  kind: 'call';
  callee: Expression;
  args: readonly Expression[];
  keywords: readonly { name: string | null; value: Expression }[];
}

/** `[element for … if …]` and its relatives; only dicts have a key. */
export interface Comprehension {
  kind: 'comprehension';
  makes: 'list' | 'set' | 'dict' | 'generator';
  key: Expression | null;
  element: Expression;
  clauses: readonly Clause[];
}

/** One `for target in iterable` of a comprehension, and the `if`s behind it. */
export interface Clause {
  isAsync: boolean;
  target: Expression;
  iterable: Expression;
  conditions: readonly Expression[];
}

/** A value that stands in the source itself; `...` is the symbol. */
export type Constant = null | boolean | bigint | number | string | typeof ellipsis;

/** Python's `...`. */
export const ellipsis = Symbol('...');

/** A piece of an f-string: text, or an expression with its conversion and format. */
export type FormattedPart = string | FormattedField;

/** `{value!conversion:format}`; `label` is the text that `{value=}` shows. */
export interface FormattedField {
  value: Expression;
  conversion: 's' | 'r' | 'a' | null;
  format: readonly FormattedPart[];
  label: string | null;
}

/** `key: value`, or `**value` where there is no key. */
export interface DictEntry {
  key: Expression | null;
  value: Expression;
}

/** A step of `left op right op right …`. */
export interface Comparison {
  op: CompareOperator;
  right: Expression;
}

/** An operator before its operand. */
export type UnaryOperator = '-' | '+' | '~' | 'not';
/** An operator between numbers and whatever acts like them. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '&' | '|' | '^' | '<<' | '>>';
/** An operator whose answer is a truth, and which can be chained. */
export type CompareOperator = '<' | '>' | '<=' | '>=' | '==' | '!=' | 'in' | 'not in' | 'is' | 'is not';

/** What a function takes, in the order of its kinds: `a, /, b, *rest, c, **others`. */
export interface Parameters {
  positionalOnly: readonly Parameter[];
  positional: readonly Parameter[];
  rest: Parameter | null;
  keywordOnly: readonly Parameter[];
  others: Parameter | null;
}

/** One parameter. */
export interface Parameter extends Place {
  name: string;
  annotation: Expression | null;
  default: Expression | null;
}

/** What Python calls a statement. */
export type Statement = Place &
  (
    | { kind: 'expression'; value: Expression }
    | { kind: 'assign'; targets: readonly Expression[]; value: Expression }
    | { kind: 'augmented'; target: Expression; op: BinaryOperator; value: Expression }
    | { kind: 'annotated'; target: Expression; annotation: Expression; value: Expression | null }
    | { kind: 'return'; value: Expression | null }
    | { kind: 'delete'; targets: readonly Expression[] }
    | { kind: 'pass' | 'break' | 'continue' }
    | { kind: 'raise'; exception: Expression | null; cause: Expression | null }
    | { kind: 'global' | 'nonlocal'; names: readonly string[] }
    | { kind: 'assert'; test: Expression; message: Expression | null }
    | { kind: 'import'; names: readonly ImportedName[] }
    | { kind: 'from'; module: string; level: number; names: readonly ImportedName[] | '*' }
    | { kind: 'if'; test: Expression; body: Block; otherwise: Block }
    | { kind: 'while'; test: Expression; body: Block; otherwise: Block }
    | {
        kind: 'for';
        isAsync: boolean;
        target: Expression;
        iterable: Expression;
        body: Block;
        otherwise: Block;
      }
    | { kind: 'try'; body: Block; handlers: readonly Handler[]; otherwise: Block; final: Block }
    | { kind: 'with'; isAsync: boolean; items: readonly WithItem[]; body: Block }
    | FunctionDefinition
    | ClassDefinition
    | { kind: 'match'; subject: Expression; cases: readonly Case[] }
    | { kind: 'type'; name: string; value: Expression }
  );

/** Statements one below the other. */
export type Block = readonly Statement[];

/** `def name(parameters): body`, decorated. */
export interface FunctionDefinition {
  kind: 'function';
  isAsync: boolean;
  name: string;
  parameters: Parameters;
  returns: Expression | null;
  body: Block;
  decorators: readonly Expression[];
}

/** `class name(bases, keyword=value): body`, decorated. */
export interface ClassDefinition {
  kind: 'class';
  name: string;
  bases: readonly Expression[];
  keywords: Call['keywords'];
  body: Block;
  decorators: readonly Expression[];
}

/** `name as alias`. */
export interface ImportedName {
  name: string;
  alias: string | null;
}

/** `except type as name:`; without a type it takes every exception. */
export interface Handler extends Place {
  type: Expression | null;
  name: string | null;
  body: Block;
  isGroup: boolean;
}

/** `with context as name`. */
export interface WithItem {
  context: Expression;
  target: Expression | null;
}

/** `case pattern if guard:`. */
interface Case extends Place {
  pattern: Pattern;
  guard: Expression | null;
  body: Block;
}

/** What a `case` compares with; a capture without a name is `_`. */
export type Pattern = Place &
  (
    | { kind: 'capture'; name: string | null }
    | { kind: 'value'; value: Expression }
    | { kind: 'or'; patterns: readonly Pattern[] }
    | { kind: 'as'; pattern: Pattern; name: string }
    | { kind: 'sequence'; patterns: readonly Pattern[] }
    | { kind: 'star'; name: string | null }
    | { kind: 'mapping'; entries: readonly { key: Expression; pattern: Pattern }[]; rest: string | null }
    | {
        kind: 'class';
        type: Expression;
        patterns: readonly Pattern[];
        keywords: readonly { name: string; pattern: Pattern }[];
      }
  );
