import { formatCount, formatNumber } from '../../core/format';
import { formatShape } from '../../core/shape';
import type { ModelDifference, TensorMention } from '../../core/difference';
import { diffModels } from '../../passes/diff';
import { UsageError } from '../arguments';
import { openModel, terminalJob } from '../files';
import { indent, json, print, table } from '../print';
import type { Command } from '../command';

/** `diff A.onnx B.onnx`: what is different between two models. */
export const diff: Command = {
  name: 'diff',
  takes: 'A.onnx B.onnx',
  says: 'Says what is different between two models: nodes, weights by distance, and metadata.',
  flags: [json],
  async run(args) {
    const [before, after, ...more] = args.rest;
    if (!before || !after || more.length > 0) throw new UsageError('Name two models to compare.');
    const job = terminalJob();
    const [a, b] = [await openModel(before, job), await openModel(after, job)];
    const found = await diffModels(a.model, b.model, job);
    print(args, found, () => textOf(found));
  },
};

function textOf({ nodes, tensors, metadata }: ModelDifference): string {
  const line = (tensor: TensorMention) => [tensor.name, tensor.dtype, formatShape(tensor.dims)];
  const parts: [string, string[][]][] = [
    ['nodes removed', nodes.removed.map(({ name, operator }) => [operator, name])],
    ['nodes added', nodes.added.map(({ name, operator }) => [operator, name])],
    [
      'nodes changed',
      nodes.changed.map(({ name, operator, changes }) => [operator, name, changes.join('; ')]),
    ],
    ['tensors removed', tensors.removed.map(line)],
    ['tensors added', tensors.added.map(line)],
    [
      'tensors changed',
      tensors.changed.map((tensor) => [
        ...line(tensor),
        tensor.distance
          ? `apart ${formatNumber(tensor.distance.relative)}, at most ${formatNumber(tensor.distance.largest)}`
          : `is ${tensor.other.dtype} ${formatShape(tensor.other.dims)}`,
      ]),
    ],
    [
      'metadata',
      metadata.map(({ key, before, after }) => [key, before ?? 'nothing', '→', after ?? 'nothing']),
    ],
  ];
  const shown = parts.filter(([, rows]) => rows.length > 0);
  return [
    `${formatCount(nodes.same)} nodes and ${formatCount(tensors.same)} tensors are the same`,
    ...shown.flatMap(([title, rows]) => [title, indent(table(rows))]),
  ].join('\n');
}
