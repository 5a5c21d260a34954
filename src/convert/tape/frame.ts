import type { Attribute, Graph, Node, Value } from '../../ir/model';
import { valueOf } from '../../ir/build';
import type { Content } from './content';
import { dimOf } from './size';
import type { Tensor } from './tensor';

/** Where a symbol's number can be had: a value, and which of its sizes; its one element where `axis` is null. */
export interface Home {
  content: Content;
  axis: number | null;
}

/** One graph being recorded: the model's own, or the body of an If or a Loop inside it. */
export interface Frame {
  nodes: Node[];
  inputs: Value[];
  /** What has been made already, by what it is: sizes as data, constants turned around. */
  made: Map<string, Content>;
  /** Where a symbol's number can be had. */
  homes: Map<string, Home>;
  /** Tensors from outside that were written to in here, and how they were. */
  changed: Map<Tensor, () => void>;
}

/** A graph with nothing in it. */
export function emptyFrame(): Frame {
  return { nodes: [], inputs: [], made: new Map(), homes: new Map(), changed: new Map() };
}

/** A frame as the attribute of the node that holds it. */
export function bodyOf(name: string, frame: Frame, outputs: readonly Content[]): Attribute {
  const rest = { doc: '', metadata: new Map<string, string>() };
  const value: Graph = {
    name,
    inputs: frame.inputs,
    outputs: outputs.map(describeContent),
    ...{ values: [], initializers: [], sparse: [], nodes: frame.nodes, quantization: [], ...rest },
  };
  return { kind: 'graph', value };
}

/** A content as an input or output of a graph. */
export function describeContent(content: Content): Value {
  return valueOf(content.name ?? '', content.dtype, content.sizes.map(dimOf));
}
