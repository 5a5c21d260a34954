export { createPython, type Python, type PythonOptions } from './python';
export { parsePython } from './parse';
export { PyList, PyTuple } from './values/containers';
export { Foreign, type Conversion } from './values/foreign';
export { TypeHint } from './values/hint';
export type { Machine } from './values/machine';
export { PyModule } from './values/module';
export { Instance, PyClass, type Keywords, type Value } from './values/object';
