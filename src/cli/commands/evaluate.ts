import { basename } from 'node:path';
import { formatCount, formatPercent } from '../../core/format';
import { AppError } from '../../core/problem';
import { chooseReader, readDigits } from '../../evaluate/choose-reader';
import { evaluateClassification } from '../../evaluate/classification';
import { INK_PIXELS, readerCandidates, type DigitReader, type Run } from '../../evaluate/digit-reader';
import { label } from '../../evaluate/scaling';
import { readIdx } from '../../formats/idx';
import { describeModel } from '../../passes/facts';
import { oneFile } from '../arguments';
import { openFile, openModel, terminalJob } from '../files';
import { indent, json, print, table } from '../print';
import { openSession } from '../session';
import type { Command } from '../command';

/** Labelled digits on which the scaling is chosen. */
const SAMPLES = 400;

/** `evaluate MODEL.onnx --images X --labels Y`: how well a model reads labelled digits. */
export const evaluate: Command = {
  name: 'evaluate',
  takes: 'MODEL.onnx --images X.idx3.gz --labels Y.idx1.gz',
  says: `Measures a digit model; how to scale its input is found out on the first ${SAMPLES} digits.`,
  flags: [
    {
      name: 'images',
      value: 'X.idx3.gz',
      says: '28 × 28 images, white on black, as MNIST has them',
      required: true,
    },
    { name: 'labels', value: 'Y.idx1.gz', says: 'their labels', required: true },
    json,
  ],
  async run(args) {
    const job = terminalJob();
    const { file, model } = await openModel(oneFile(args), job);
    const { pixels, labels } = await readDigitFiles(args.value('images'), args.value('labels'));
    const facts = await describeModel(model, file, '');
    const candidates = readerCandidates(facts.inputs, facts.outputs);
    if (typeof candidates === 'string') {
      throw new AppError('digits_not_a_reader', { file: model.file, reason: candidates });
    }
    const session = await openSession(model);
    const runOnce: Run = async (feeds) => (await session.run(feeds)).outputs;
    const samples = pixels.subarray(0, SAMPLES * INK_PIXELS);
    const { reader, said } = await chooseReader(runOnce, candidates, samples, labels.subarray(0, SAMPLES));
    const result = evaluateClassification(labels, await readDigits(runOnce, reader, pixels));
    const how = { scaling: label(reader.scaling), transposed: reader.transposed, scores: reader.scores };
    print(args, { ...result, reader: { ...how, right: said.right, of: said.of } }, () =>
      textOf(model.file, reader, result),
    );
  },
};

async function readDigitFiles(imagesPath: string, labelsPath: string) {
  const images = await readIdx(await openFile(imagesPath), basename(imagesPath));
  const labels = await readIdx(await openFile(labelsPath), basename(labelsPath));
  const [count = 0, height, width] = images.dims;
  const damaged = (file: string, reason: string) =>
    new AppError('file_damaged', { file: basename(file), place: 'the header', reason });
  if (images.dims.length !== 3 || height !== 28 || width !== 28) {
    throw damaged(imagesPath, `it has ${images.dims.join(' × ')} bytes where n × 28 × 28 are wanted`);
  }
  if (labels.dims.length !== 1 || labels.dims[0] !== count) {
    throw damaged(labelsPath, `it has ${labels.dims.join(' × ')} labels for ${count} images`);
  }
  return { pixels: Float32Array.from(images.bytes, (byte) => byte / 255), labels: labels.bytes };
}

function textOf(
  file: string,
  reader: DigitReader,
  result: ReturnType<typeof evaluateClassification>,
): string {
  const turned = reader.transposed ? ', rows and columns exchanged' : '';
  const classes = result.perClass.filter(({ count }) => count > 0);
  return [
    `${file}  ${formatPercent(result.accuracy, 2)} of ${formatCount(result.count)} right`,
    `  input scaled ${label(reader.scaling)}${turned}; gives ${reader.scores}`,
    `  calibration error ${formatPercent(result.ece, 2)}`,
    indent(
      table([
        ['class', 'count', 'precision', 'recall', 'f1'],
        ...classes.map(({ label: name, count, precision, recall, f1 }) => [
          ...[String(name), count],
          ...[precision, recall, f1].map((share) => formatPercent(share, 2)),
        ]),
      ]),
    ),
    '  confusion, rows are labels',
    indent(
      indent(
        table(
          classes.map(({ label: row }) => [
            `${row}:`,
            ...classes.map(({ label: at }) => result.confusion[row]?.[at] ?? 0),
          ]),
        ),
      ),
    ),
  ].join('\n');
}
