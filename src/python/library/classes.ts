import { PyClass } from '../values/object';

/** The built-in classes, without their methods. */
export function builtinClasses(): Map<string, PyClass> {
  const classes = new Map<string, PyClass>();
  const add = (name: string, base?: PyClass) => {
    const made = new PyClass(name, base ? [base] : []);
    classes.set(name, made);
    return made;
  };
  const object = add('object');
  for (const name of plain) add(name, object);
  const int = add('int', object);
  add('bool', int);
  let depth: PyClass[] = [object];
  for (const line of exceptions.trim().split('\n')) {
    const level = line.search(/\S/) / 2;
    depth = depth.slice(0, level + 1);
    for (const name of line.trim().split(' ')) depth[level + 1] = add(name, depth[level]);
  }
  return classes;
}

const plain = [
  ...[
    'type',
    'NoneType',
    'float',
    'str',
    'list',
    'tuple',
    'dict',
    'set',
    'frozenset',
    'range',
    'slice',
    'function',
  ],
  ...['method', 'builtin_function_or_method', 'module', 'property', 'classmethod', 'staticmethod', 'super'],
  ...['iterator', 'generator', 'ellipsis', 'NotImplementedType', 'dict_keys', 'dict_values', 'dict_items'],
];

/** Each is derived from the last of the line above that stands further left. */
const exceptions = `
BaseException
  SystemExit KeyboardInterrupt GeneratorExit
  Exception
    StopIteration StopAsyncIteration AssertionError AttributeError BufferError EOFError MemoryError ReferenceError
    TypeError
    ArithmeticError
      FloatingPointError OverflowError ZeroDivisionError
    ImportError
      ModuleNotFoundError
    LookupError
      IndexError KeyError
    NameError
      UnboundLocalError
    OSError
      FileExistsError FileNotFoundError PermissionError TimeoutError
    RuntimeError
      NotImplementedError RecursionError
    SyntaxError
    SystemError
    ValueError
      UnicodeError
    Warning
      UserWarning DeprecationWarning FutureWarning RuntimeWarning SyntaxWarning ImportWarning PendingDeprecationWarning
`;
