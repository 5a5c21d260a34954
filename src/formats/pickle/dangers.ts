/**
 * What importing some names allows, as picklescan and `torch.load(weights_only=True)` see it: names whose call runs
 * commands, code, or reaches files and the network.
 * @see https://github.com/mmaitre314/picklescan/blob/main/src/picklescan/scanner.py
 */

/**
 * Modules of which everything is dangerous → what they reach. Not all that can be: a call of any other name is reported
 * too, and people call their own modules `test` or `glob`.
 */
const modules: Readonly<Record<string, string>> = {
  ...of('run commands', ['os', 'nt', 'posix', 'subprocess', 'pty', 'popen2']),
  ...of('run Python code', [
    'runpy',
    'code',
    'codeop',
    'pdb',
    'bdb',
    'timeit',
    'profile',
    'cProfile',
    'doctest',
  ]),
  ...of('run Python code', ['importlib', 'imp', 'pkgutil', 'pydoc', 'idlelib', 'lib2to3']),
  ...of('install packages', ['pip', 'ensurepip', 'venv', 'setuptools', 'distutils']),
  ...of('load native code', ['ctypes', '_ctypes', 'cffi']),
  ...of('reach the network', [
    'socket',
    'ssl',
    'http',
    'httplib',
    'urllib',
    'urllib2',
    'urllib3',
    'requests',
    'aiohttp',
  ]),
  ...of('reach the network', [
    'ftplib',
    'smtplib',
    'telnetlib',
    'webbrowser',
    'xmlrpc',
    'httpx',
    'paramiko',
    'asyncio',
  ]),
  ...of('change files', ['shutil', 'io', '_io']),
  ...of('load further pickles', [
    'pickle',
    '_pickle',
    'cPickle',
    'dill',
    'cloudpickle',
    'joblib',
    'shelve',
    'marshal',
  ]),
  ...of('reach into the interpreter', ['sys', '_thread', 'atexit', 'operator', '_operator']),
};

/** Single names of modules that are harmless otherwise → what they do. */
const names: Readonly<Record<string, string>> = {
  ...inBuiltins('run Python code', [
    'eval',
    'exec',
    'execfile',
    'compile',
    '__import__',
    'breakpoint',
    'apply',
  ]),
  ...inBuiltins('open files', ['open', 'file', 'input', 'raw_input']),
  ...inBuiltins('reach into the interpreter', [
    'getattr',
    'setattr',
    'delattr',
    'globals',
    'locals',
    'vars',
    'map',
    'filter',
    'reduce',
    'help',
    'exit',
    'quit',
    'memoryview',
    'type',
    'super',
    'dir',
  ]),
  'functools.partial': 'prepare a call of any function',
  'functools.reduce': 'call any function',
  'types.CodeType': 'make code',
  'types.FunctionType': 'make functions',
  'torch.load': 'load further pickles',
  'torch.serialization.load': 'load further pickles',
  'torch.hub.load': 'download and run code',
  'torch.hub._load_local': 'run Python code',
  'torch.jit.load': 'load further programs',
  'torch.storage._load_from_bytes': 'load a further pickle',
  'torch.utils.cpp_extension.load': 'compile and load native code',
  'torch.utils.cpp_extension.load_inline': 'compile and load native code',
  'torch.utils._config_module.load_config': 'load further pickles',
  'torch.fx.experimental.symbolic_shapes.ShapeEnv.evaluate_guards_expression': 'run Python code',
  'torch._dynamo.guards.GuardBuilder.get': 'run Python code',
  'torch.distributed.rpc.rpc_sync': 'call functions on other machines',
  'numpy.load': 'load further pickles',
  'numpy.testing._private.utils.runstring': 'run Python code',
  'numpy.f2py.crackfortran.getlincoef': 'run Python code',
  'numpy.f2py.crackfortran.param_eval': 'run Python code',
};

/** What calling a name would do, as the end of `it would …`; `null` for names not known to be dangerous. */
export function dangerOf(name: string): string | null {
  const root = name.split('.', 1)[0] ?? '';
  if (Object.hasOwn(names, name)) return names[name] ?? null;
  return Object.hasOwn(modules, root) ? (modules[root] ?? null) : null;
}

function of(does: string, list: readonly string[]): Record<string, string> {
  return Object.fromEntries(list.map((name) => [name, does]));
}

function inBuiltins(does: string, list: readonly string[]): Record<string, string> {
  return of(
    does,
    ['builtins', '__builtin__', '__builtins__'].flatMap((module) => list.map((name) => `${module}.${name}`)),
  );
}
