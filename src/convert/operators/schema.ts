/** An operator's signature, read from the text that PyTorch writes it in. */
export interface Schema {
  /** `aten::add` */
  name: string;
  /** `Tensor`; empty for the only one. */
  overload: string;
  parameters: readonly Parameter[];
  /** Whether what it gives views its first argument. */
  isView: boolean;
}

export interface Parameter {
  name: string;
  type: ParameterType;
  /** The default as it is written; `null` where an argument must be given. */
  otherwise: string | null;
  /** Given by name only. */
  isKeyword: boolean;
}

/** `int[2]?` is an optional list of two; a list may be of optional elements. */
export interface ParameterType {
  base: string;
  isOptional: boolean;
  list: { length: number | null; ofOptional: boolean } | null;
}

/**
 * Reads `aten::sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`.
 * @see https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/native/README.md#func
 */
export function parseSchema(text: string): Schema {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(') -> ');
  const [name = '', overload = ''] = text.slice(0, open).split('.');
  const parameters: Parameter[] = [];
  let isKeyword = false;
  for (const part of text
    .slice(open + 1, close)
    .split(', ')
    .filter(Boolean)) {
    if (part === '*') isKeyword = true;
    else parameters.push(parseParameter(part, isKeyword));
  }
  const returns = text.slice(close + 5);
  return { name, overload, parameters, isView: /^Tensor\((a|a -> \*)\)/.test(returns) };
}

function parseParameter(text: string, isKeyword: boolean): Parameter {
  const [, type = '', name = '', otherwise] =
    /^(\S+) ([^=]+)(?:=(.*))?$/.exec(text.replace(' -> *', '')) ?? [];
  return { name, type: parseType(type), otherwise: otherwise ?? null, isKeyword };
}

function parseType(text: string): ParameterType {
  const [, base = '', inner, length, outer] =
    /^([^([?]+)(?:\([^)]*\))?(\?)?(?:\[(\d*)\](\?)?)?$/.exec(text) ?? [];
  if (length === undefined) return { base, isOptional: inner === '?', list: null };
  const list = { length: length === '' ? null : Number(length), ofOptional: inner === '?' };
  return { base, isOptional: outer === '?', list };
}
