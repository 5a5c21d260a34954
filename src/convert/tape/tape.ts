import type { StoredTensor } from '../../core/checkpoint';
import type { Dtype } from '../../core/dtype';
import { invariant } from '../../core/problem';
import type { TypedArray } from '../../core/tensor';
import { attributes as attributesOf, intOf, intsOf } from '../../ir/attributes';
import { nodeOf } from '../../ir/build';
import { numberOf } from '../../ir/dtype-numbers';
import type { Attribute, Node } from '../../ir/model';
import { unknown, type Known } from '../../ir/op';
import { operatorOf } from '../../ir/operators';
import { siteOf } from '../../ir/site';
import { constantOf, knownOf, parameterOf, type Content } from './content';
import { elementsOf } from './elements';
import { foldNumbers, foldStored } from './fold';
import { describeContent, emptyFrame, type Frame, type Home } from './frame';
import { Initializers } from './initializers';
import { checkMeetings } from './meeting';
import { Names } from './names';
import type { Attributes, Input, Made, Scalar } from './recorder';
import { dtypeOfScalar } from './scalars';
import { dimOf, SymInt, type Size } from './size';
import { SizeNames } from './size-names';
import { symbol } from './symint';
import { Tensor } from './tensor';
import { vectorOf } from './vector';

/**
 * The graph that a program becomes while it is run on tensors without elements. Every node's outputs get dtype,
 * sizes and, where they are small, elements from what `ir` knows of the operator; what comes out as plain numbers is
 * kept as a constant and no node is made.
 *
 *     const tape = new Tape({ opset: 17 });
 *     const x = tape.input('x', 'float32', ['batch', 4]);
 *     const y = tape.scope('head', () => tape.node('Relu', [x]));     // head/Relu: batch × 4
 *     const model = await finishModel(tape, [{ name: 'y', tensor: y }], { file: 'head.onnx' });
 */
export class Tape {
  readonly opset: number;
  readonly names = new Names();
  readonly initializers = new Initializers(this.names);
  readonly #frames: Frame[] = [emptyFrame()];
  readonly sizeNames = new SizeNames();
  readonly #counted = new Map<Content, SymInt>();
  readonly #rearranged = new Map<string, Content[]>();

  constructor({ opset = 17 } = {}) {
    this.opset = opset;
  }

  /** The graph that nodes go to now. */
  get frame(): Frame {
    const frame = this.#frames.at(-1);
    invariant(frame, 'a tape has a graph');
    return frame;
  }

  /** How many graphs that is inside the model's own. */
  get depth(): number {
    return this.#frames.length - 1;
  }

  /** The names of nodes that `body` makes begin with `name`. */
  scope<T>(name: string, body: () => T): T {
    return this.names.within(name, body);
  }

  /** An input of the model; a text is the name of a size that is free. */
  input(name: string, dtype: Dtype, dims: readonly (number | string)[]): Tensor {
    const sizes = dims.map((dim) => (typeof dim === 'number' ? dim : this.sizeNames.free(dim)));
    const content: Content = { dtype, sizes, elements: null, source: null, name: this.names.unique(name) };
    this.settle(content);
    this.frame.inputs.push(describeContent(content));
    return this.tensor(content);
  }

  /**
   * A tensor of a checkpoint, which stays in its file. `data` are its elements where they have been
   * read ahead; scales of a quantization by channel are set on `quantized` by whoever read them.
   */
  parameter(label: string, stored: StoredTensor, data?: TypedArray): Tensor {
    const tensor = this.tensor(parameterOf(label, stored, data));
    const { quantization } = stored;
    if (quantization?.kind === 'tensor') {
      const { scale, zeroPoint } = quantization;
      tensor.quantized = { scales: [scale], zeroPoints: [zeroPoint], axis: null };
    }
    return tensor;
  }

  /** A constant of these numbers; it comes into the graph when something takes it. */
  constant(dtype: Dtype, dims: readonly number[], numbers: readonly (number | bigint | boolean)[]): Tensor {
    return this.data(dtype, dims, elementsOf(dtype, numbers));
  }

  /** A constant whose elements are in memory. */
  data(dtype: Dtype, dims: readonly number[], data: TypedArray): Tensor {
    return this.tensor(constantOf(dtype, dims, data));
  }

  /** A number as a tensor of no dimensions. */
  scalar(value: Scalar, dtype: Dtype): Tensor {
    if (!(value instanceof SymInt)) return this.constant(dtype, [], [value]);
    const vector = vectorOf(this, [value]);
    return this.cast(this.node('Squeeze', [vector, [0]], {}, { sizes: [], elements: [value] }), dtype);
  }

  /** A number as a tensor that does not decide the dtype of what is computed with it. */
  wrap(value: Scalar): Tensor {
    const { content } = this.scalar(value, dtypeOfScalar(value));
    // Kept as it was written: 0.1 may still become an element of float64.
    const exact = typeof value === 'number' ? { ...content, elements: [value] } : content;
    return new Tensor(this, exact, true);
  }

  /** The same elements as another dtype. */
  cast(tensor: Tensor, dtype: Dtype): Tensor {
    return tensor.dtype === dtype ? tensor : this.node('Cast', [tensor], { to: numberOf(dtype) }, { dtype });
  }

  /** Records a node with one output. */
  node(op: string, inputs: readonly Input[], attributes: Attributes = {}, made: Made = {}): Tensor {
    const [output] = this.nodes(op, inputs, attributes, [made]);
    invariant(output, 'a node has an output');
    return output;
  }

  /** Records a node and gives its outputs, as many as `made` describes; `graphs` are bodies that it holds. */
  nodes(
    op: string,
    inputs: readonly Input[],
    attributes: Attributes,
    made: readonly Made[],
    graphs: Readonly<Record<string, Attribute>> = {},
  ): Tensor[] {
    const contents = this.#contentsOf(inputs);
    const all = new Map([...attributesOf(attributes), ...Object.entries(graphs)]);
    const outputs = made.map((_, at) => `#${at}`);
    const node = nodeOf(
      op,
      contents.map((content, at) => (content ? `#${at}` : '')),
      outputs,
      all,
    );
    const knowns = this.#infer(node, contents);
    const folded = foldNumbers(op, knowns, made) ?? this.#foldStored(node, contents, made);
    if (folded) return folded.map((content) => this.tensor(content));
    return this.#record(node, contents, knowns, made);
  }

  /** A value of the graph, and where the symbols in its sizes come from. */
  tensor(content: Content): Tensor {
    return new Tensor(this, content);
  }

  /** The name of a content in the graph, which it comes into where it is a constant. */
  place(content: Content): string {
    content.name ??= this.initializers.place(content);
    return content.name;
  }

  /** What `make` gives, made once for a key as long as its graph is seen. */
  once(key: string, make: () => Tensor): Tensor {
    const found = this.#frames.map(({ made }) => made.get(key)).find((content) => content !== undefined);
    if (found) return this.tensor(found);
    const tensor = make();
    this.frame.made.set(key, tensor.content);
    return tensor;
  }

  /** Where a symbol's number can be had. */
  homeOf(name: string): Home | undefined {
    return this.#frames.map(({ homes }) => homes.get(name)).find((home) => home !== undefined);
  }

  /** The least that a symbol is taken to stand for. */
  leastOf(name: string): number {
    return this.sizeNames.leastOf(name, this.homeOf(name));
  }

  /** The one element of an integer tensor as a size, which may be below 0. */
  symbolOf(tensor: Tensor): Size {
    const [known] = this.sizesIn(tensor) ?? [];
    if (known !== undefined) return known;
    const { content } = this.cast(tensor, 'int64');
    const size = this.#counted.get(content) ?? symbol(this.names.unique('count'));
    this.#counted.set(content, size);
    this.sizeNames.learn(size);
    if (!this.homeOf(size.text)) this.frame.homes.set(size.text, { content, axis: null });
    return size;
  }

  /** The elements of an int64 tensor as sizes; `null` where one is not known. */
  sizesIn(tensor: Tensor): Size[] | null {
    const sizes = tensor.elements?.map((value) => this.sizeNames.find(value)).filter((size) => size !== null);
    return sizes?.length === tensor.elements?.length ? (sizes ?? null) : null;
  }

  /** Records what `body` does into a graph of its own. */
  enter<T>(frame: Frame, body: () => T): T {
    try {
      return this.resume(frame, body);
    } finally {
      for (const restore of frame.changed.values()) restore();
    }
  }

  /** Goes on recording into a graph that was entered before. */
  resume<T>(frame: Frame, body: () => T): T {
    this.#frames.push(frame);
    try {
      return body();
    } finally {
      this.#frames.pop();
    }
  }

  /** Whether a size can be had in the graph that nodes go to now. */
  isKnownHere(size: Size): boolean {
    if (typeof size === 'number') return true;
    const factors = size.terms.flatMap((term) => term.factors);
    return factors.every(({ text, made }) =>
      made ? this.isKnownHere(made.a) && this.isKnownHere(made.b) : this.homeOf(text) !== undefined,
    );
  }

  /** A tensor is about to change: a graph inside another one remembers what was outside. */
  beforeChange(tensor: Tensor): void {
    const { changed } = this.frame;
    if (tensor.depth < this.depth && !changed.has(tensor)) changed.set(tensor, tensor.snapshot());
  }

  #contentsOf(inputs: readonly Input[]): (Content | null)[] {
    const dtype = inputs.find((input) => input instanceof Tensor)?.dtype ?? 'float32';
    return inputs.map((input) => {
      if (input === null) return null;
      if (input instanceof Tensor) return input.content;
      return (typeof input === 'number' ? this.constant(dtype, [], [input]) : vectorOf(this, input)).content;
    });
  }

  /** A parameter that is rearranged the same way twice, as a layer that is called twice does, is one constant. */
  #foldStored(node: Node, contents: readonly (Content | null)[], made: readonly Made[]): Content[] | null {
    if (contents[0]?.source?.kind !== 'stored') return null;
    const keys = contents.map((content) => content && this.initializers.keyOf(content));
    const key = [node.op, ...keys, intsOf(node, 'perm'), intOf(node, 'axis', 0)].join(' | ');
    const found = this.#rearranged.get(key) ?? foldStored(node.op, contents, node, made);
    if (found) this.#rearranged.set(key, found);
    return found;
  }

  #infer(node: Node, contents: readonly (Content | null)[]): readonly Known[] {
    const known = new Map(
      contents.flatMap((content, at) => (content ? [[node.inputs[at] ?? '', knownOf(content)]] : [])),
    );
    return operatorOf(node)?.infer(siteOf(node, known, this.opset)) ?? [];
  }

  #record(
    node: Node,
    contents: readonly (Content | null)[],
    knowns: readonly Known[],
    made: readonly Made[],
  ): Tensor[] {
    checkMeetings(node, contents, this.sizeNames);
    const name = this.names.scoped(node.op);
    const outputs = made.map((_, at) => (at === 0 ? name : this.names.unique(`${name}.${at}`)));
    const inputs = contents.map((content) => (content ? this.place(content) : ''));
    while (inputs.at(-1) === '') inputs.pop();
    this.frame.nodes.push({ ...node, name, inputs, outputs });
    return outputs.map((output, at) => {
      const content = this.#made(output, knowns[at] ?? unknown, made[at] ?? {});
      this.settle(content);
      return this.tensor(content);
    });
  }

  #made(name: string, known: Known, made: Made): Content {
    const dtype = made.dtype ?? known.dtype;
    invariant(dtype, `${name} has a dtype`);
    invariant(made.sizes ?? known.shape, `${name} has a rank`);
    const given = known.shape ?? made.sizes?.map(() => null) ?? [];
    const sizes = given.map((dim, axis) => {
      const said = made.sizes?.[axis] ?? null;
      if (typeof dim === 'number') return dim;
      return said ?? this.sizeNames.find(dim) ?? symbol(`${name}.${axis}`);
    });
    for (const size of made.elements ?? []) this.sizeNames.learn(size);
    const elements = made.elements?.map(dimOf) ?? known.elements ?? null;
    return { dtype, sizes, elements, source: null, name };
  }

  /** Makes a content's sizes known, and itself the home of symbols that have none. */
  settle(content: Content): void {
    for (const [axis, size] of content.sizes.entries()) {
      this.sizeNames.learn(size);
      if (typeof size !== 'object') continue;
      const [factor] = size.terms[0]?.factors ?? [];
      const isPlain = factor?.text === size.text && factor.made === null;
      if (isPlain && !this.homeOf(size.text)) this.frame.homes.set(size.text, { content, axis });
    }
  }
}
