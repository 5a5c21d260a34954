/**
 * `npm run models:measure`: makes the four precisions of every bundled model as the page does, measures each on the
 * 10,000 MNIST test digits of `MNIST_DIR` with ONNX Runtime, and writes the figures into the cards.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { sha256 } from '../src/core/sha256';
import { readDigits } from '../src/evaluate/choose-reader';
import { evaluateClassification } from '../src/evaluate/classification';
import { readerCandidates } from '../src/evaluate/digit-reader';
import { formats } from '../src/formats';
import { createJob } from '../src/core/job';
import { describeModel } from '../src/passes/facts';
import { mnistTest } from '../tests/mnist';
import { oracle } from '../tests/oracle';
import { makePrecisions, type MeasuredCard, type MeasuredVariant } from './bundled-models';

const models = join(process.cwd(), 'models');
const mnist = mnistTest();
if (!mnist) throw new Error('MNIST_DIR must name a folder with the four MNIST files.');

for (const name of await readdir(models)) {
  const path = join(models, name, 'card.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) continue;
  const card = JSON.parse(text) as MeasuredCard;
  const variants: MeasuredVariant[] = [];
  for (const [precision, blob] of await makePrecisions(join(models, name), card)) {
    variants.push(await measure(precision, blob));
    const { bytes, accuracy } = variants.at(-1) ?? { bytes: 0, accuracy: 0 };
    console.log(`${name} ${precision}: ${bytes} bytes, ${accuracy.toFixed(2)} %`);
  }
  await writeFile(path, withVariants(text, variants));
}

async function measure(precision: MeasuredVariant['precision'], blob: Blob): Promise<MeasuredVariant> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const digest = await sha256(blob);
  const artifact = await formats[0]?.read(blob, { name: precision }, createJob());
  if (artifact?.kind !== 'model' || !mnist) throw new Error('A precision must be an ONNX model.');
  const facts = await describeModel(artifact.model, blob, digest);
  const candidates = readerCandidates(facts.inputs, facts.outputs);
  const reader = typeof candidates === 'string' ? undefined : candidates[0];
  if (!reader) throw new Error(`${precision} reads no digits.`);
  const read = await readDigits(await oracle(blob), { ...reader, scores: 'logits' }, mnist.pixels);
  return {
    precision,
    bytes: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
    sha256: digest,
    accuracy: Math.round(evaluateClassification(mnist.labels, read).accuracy * 10_000) / 100,
  };
}

/** The card's own text with the figures put in at its end: everything else stays as the training script wrote it. */
function withVariants(text: string, variants: readonly MeasuredVariant[]): string {
  const rows = variants.map((variant) => `    ${JSON.stringify(variant)}`).join(',\n');
  const without = text.replace(/,\s*"variants": \[[^\]]*\]/, '').trimEnd();
  return `${without.slice(0, without.lastIndexOf('}')).trimEnd()},\n  "variants": [\n${rows}\n  ]\n}\n`;
}
