export { createPython, type Python, type PythonOptions } from './python';
export { parsePython } from './parse';
