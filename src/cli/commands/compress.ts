import { formatBytes, formatPercent } from '../../core/format';
import { encodeOnnx } from '../../formats/onnx';
import { layersOf, schemes, type Scheme } from '../../passes/quantize';
import { oneFile, UsageError, type Arguments } from '../arguments';
import { openModel, saveFile, terminalJob } from '../files';
import { indent, json, print, table } from '../print';
import type { Command } from '../command';

/** `compress FILE --scheme S -o out.onnx`: the same model in fewer bytes. */
export const compress: Command = {
  name: 'compress',
  takes: 'FILE --scheme S -o OUT.onnx',
  says: 'Stores the weights of a model in fewer bits.',
  flags: [
    {
      name: 'scheme',
      value: schemes.map(({ id }) => id).join('|'),
      says: 'how; see the first lines of its result',
      required: true,
    },
    { name: 'option', value: 'NAME=VALUE', says: optionsText(), repeats: true },
    { name: 'output', short: 'o', value: 'OUT.onnx', says: 'where the result goes', required: true },
    json,
  ],
  async run(args) {
    const path = oneFile(args);
    const scheme = schemes.find(({ id }) => id === args.value('scheme'));
    if (!scheme) throw new UsageError(`There is no scheme ${args.value('scheme')}.`);
    const options = readOptions(scheme, args);
    const output = args.value('output');
    const job = terminalJob();
    const { model, file } = await openModel(path, job);
    const smaller = await scheme.apply(model, options, null, job);
    const encoded = await encodeOnnx(smaller);
    // Both are read before anything is written: OUT may be FILE, which both are made of.
    const [gzipBefore, gzipAfter] = [await gzipSize(file), await gzipSize(encoded)];
    await saveFile(output, encoded);
    const result = {
      output,
      scheme: scheme.id,
      bytesBefore: file.size,
      bytesAfter: encoded.size,
      gzipBefore,
      gzipAfter,
      layers: layersOf(smaller),
    };
    print(args, result, () => textOf(scheme, result));
  },
};

function optionsText(): string {
  const fields = schemes.flatMap(({ id, fields: list }) =>
    list.map((field) => `${id}: ${field.id}=${field.choices.join('|')} (${field.usual})`),
  );
  return `a choice of the scheme; ${fields.join('; ')}`;
}

function readOptions(scheme: Scheme, args: Arguments): Record<string, string> {
  const options: Record<string, string> = {};
  for (const given of args.values('option')) {
    const [name = '', value = ''] = given.split('=');
    const field = scheme.fields.find(({ id }) => id === name);
    if (!field) throw new UsageError(`${scheme.id} has no option ${name}.`);
    if (!field.choices.includes(value)) {
      throw new UsageError(`${name} is one of ${field.choices.join(', ')}, not ${value || 'nothing'}.`);
    }
    options[name] = value;
  }
  return options;
}

/** Bytes over the wire, counted without keeping them. */
async function gzipSize(blob: Blob): Promise<number> {
  let size = 0;
  for await (const chunk of blob.stream().pipeThrough(new CompressionStream('gzip'))) {
    size += (chunk as Uint8Array).length;
  }
  return size;
}

interface Result {
  output: string;
  bytesBefore: number;
  bytesAfter: number;
  gzipBefore: number;
  gzipAfter: number;
  layers: { name: string; precision: string; bytes: number }[];
}

function textOf(scheme: Scheme, result: Result): string {
  const row = (what: string, before: number, after: number) => [
    what,
    formatBytes(before),
    '→',
    formatBytes(after),
    `${formatPercent(1 - after / before)} less`,
  ];
  return [
    `${result.output}  ${scheme.label}`,
    indent(scheme.says),
    table([
      row('file', result.bytesBefore, result.bytesAfter),
      row('gzip', result.gzipBefore, result.gzipAfter),
    ]),
    'stored as',
    indent(table(result.layers.map(({ name, precision, bytes }) => [name, precision, formatBytes(bytes)]))),
  ].join('\n');
}
