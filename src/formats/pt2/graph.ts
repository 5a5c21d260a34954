import type { Dictionary, Value } from '../../core/checkpoint';
import { dictionary } from '../pickle/values';
import { fieldOf, listOf, parseJson } from '../../core/json';

/** How many nodes the graph of a program has, of which operators, and the names of what goes in and out. */
export function summarizeGraph(text: string, place: string, file: string): Dictionary {
  const program = parseJson(text, place, file);
  const graph = fieldOf(fieldOf(program, 'graph_module'), 'graph');
  const nodes = listOf(graph, 'nodes');
  const operators = new Map<Value, Value>();
  for (const node of nodes) {
    const target = fieldOf(node, 'target');
    const name = typeof target === 'string' ? target.replace(/^torch\.ops\./, '') : '?';
    operators.set(name, Number(operators.get(name) ?? 0) + 1);
  }
  const ports = (key: string): Value => ({ kind: 'list', items: listOf(graph, key).map(nameOf) });
  return {
    ...dictionary('dict'),
    entries: new Map<Value, Value>([
      ['nodes', nodes.length],
      ['operators', { ...dictionary('dict'), entries: operators }],
      ['inputs', ports('inputs')],
      ['outputs', ports('outputs')],
    ]),
  };
}

/** The name of a tensor that goes in or out; what is no tensor has none. */
function nameOf(port: unknown): Value {
  const name = fieldOf(fieldOf(port, 'as_tensor'), 'name');
  return typeof name === 'string' ? name : null;
}
