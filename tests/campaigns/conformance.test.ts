/** ONNX's own tests, as Debian packs them: read, compared with python3-onnx, run, compared with what was recorded. */
import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { createJob } from '../../src/core/job';
import { encodeOnnx, readOnnx } from '../../src/formats/onnx';
import { checkModel, type Finding } from '../../src/ir/check';
import { checkTypes } from '../../src/passes/check-types';
import { openInNode, type NodeSession } from '../../src/runtime/node';
import { plainBinary } from '../../scripts/wasm/plain-binary';
import { wildModels } from '../wild';
import { officialModels } from './official-models';
import { runRecorded, subjectOf, type Run } from './conformance';
import { compareShapes, factDifferences, hasOnnx, theirFacts, type ShapeCounts } from './onnx-facts';

const table = join(import.meta.dirname, '../../docs/conformance.md');

/** Values whose shape python3-onnx gets wrong, each with what is right. */
const theirMistakes: Record<string, string> = {
  'test_loop13_seq seq_res':
    'a sequence that grows by vectors keeps the scalars it is declared to begin with',
};

/** What is said of models from elsewhere that run all the same. */
const harmless = ['graph_order', 'graph_empty'];

interface Outcome {
  name: string;
  subject: string;
  facts: string[];
  shapes: ShapeCounts;
  run: Run;
  findings: Finding[];
  /** What a copy written by this project does otherwise; `null` where it does the same. */
  copy: string | null;
}

it('reads, describes and writes every official model as ONNX does, and runs them', async (context) => {
  const paths = officialModels();
  if (typeof paths === 'string') return context.skip(paths);
  const binary = (await plainBinary()).buffer;
  const outcomes: Outcome[] = [];
  for (const theirs of theirFacts(paths)) {
    const file = await openAsBlob(theirs.path);
    const name = basename(dirname(theirs.path));
    const model = await readOnnx(file, { name }, createJob());
    const run = await runRecorded(theirs.path, model, () => openIn(binary, file));
    const copy = await runRecorded(theirs.path, model, async () => openIn(binary, await encodeOnnx(model)));
    const isSame = run.kind === 'random' || JSON.stringify(run) === JSON.stringify(copy);
    const shapes = compareShapes(model, theirs);
    shapes.differences = shapes.differences.filter(
      ({ value }) => theirMistakes[`${name} ${value}`] === undefined,
    );
    outcomes.push({
      ...{ name, subject: subjectOf(theirs.path, model), facts: factDifferences(model, theirs) },
      ...{ findings: [...checkModel(model), ...checkTypes(model)] },
      ...{ shapes, run, copy: isSame ? null : JSON.stringify(copy) },
    });
  }
  const page = await format(pageOf(outcomes), { ...(await resolveConfig(table)), parser: 'markdown' });
  await writeFile(table, page);
  console.log(page);
  expect(outcomes).toHaveLength(paths.length);
  expect(outcomes.flatMap(({ name, facts }) => facts.map((text) => `${name}: ${text}`))).toEqual([]);
  expect(
    outcomes.flatMap(({ name, shapes }) => shapes.differences.map(({ text }) => `${name}: ${text}`)),
  ).toEqual([]);
  expect(outcomes.filter(({ findings }) => findings.length > 0)).toEqual([]);
  expect(outcomes.filter(({ copy }) => copy !== null)).toEqual([]);
});

it('infers at least the shapes that ONNX does in models from elsewhere', async (context) => {
  const models = wildModels().filter(({ file }) => !file.includes('bad_graph'));
  if (models.length === 0) return context.skip('../shared/wild is not on this machine');
  if (!hasOnnx()) return context.skip('python3-onnx is not installed');
  const sum = { models: 0, theirs: 0, ours: 0, agree: 0 };
  const wrong: string[] = [];
  for (const theirs of theirFacts(models.map(({ path }) => path))) {
    const name = basename(theirs.path);
    const model = await readOnnx(await openAsBlob(theirs.path), { name }, createJob());
    const shapes = compareShapes(model, theirs);
    wrong.push(...factDifferences(model, theirs).map((text) => `${name}: ${text}`));
    wrong.push(...shapes.differences.map(({ text }) => `${name}: ${text}`));
    const signatures = [...checkModel(model), ...checkTypes(model)].filter(
      ({ code }) => !harmless.includes(code),
    );
    wrong.push(...signatures.map(({ text }) => `${name}: ${text}`));
    sum.models += 1;
    for (const count of ['theirs', 'ours', 'agree'] as const) sum[count] += shapes[count];
  }
  console.log(JSON.stringify({ name: 'shapes of models from elsewhere', ...sum }));
  expect(wrong).toEqual([]);
  expect(sum.ours).toBeGreaterThanOrEqual(sum.theirs);
});

async function openIn(binary: ArrayBuffer, graph: Blob): Promise<NodeSession> {
  return openInNode({ name: 'the model', graph, external: [] }, binary);
}

function pageOf(outcomes: readonly Outcome[]): string {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes)
    groups.set(outcome.subject, [...(groups.get(outcome.subject) ?? []), outcome]);
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, list]) => rowOf(name, list));
  const reasons = outcomes.flatMap(({ name, run }) => ('why' in run ? [`- \`${name}\`: ${run.why}`] : []));
  return [
    '# Conformance',
    "The tests that ONNX brings for its operators and for models of PyTorch, as Debian's `libonnx-testdata` packs them, written by `npm run test:conformance`. _Facts_ are operators, inputs and outputs as `python3-onnx` reads them. _Shapes_ are values whose shape its inference knows, those whose shape is known here, and those on which both agree. _Ran_ and _matched_ are ONNX Runtime Web on WASM against the recorded outputs; what it cannot run and where it gives something else is its doing and is listed below: a copy of every model written by Inkling does exactly the same.",
    '| Operator | Models | Opened | Facts agree | Shapes: theirs | ours | agree | Ran | Matched |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...rows,
    rowOf('**All**', outcomes),
    '',
    'Random results are run and not compared.',
    '',
    '## What ONNX Runtime does not run, or gives otherwise',
    '',
    ...reasons,
    '',
    "## Where ONNX's inference is wrong",
    '',
    ...Object.entries(theirMistakes).map(([value, why]) => `- \`${value}\`: ${why}`),
  ]
    .join('\n')
    .replace('\nThe tests', '\n\nThe tests')
    .replace('\n| Operator', '\n\n| Operator');
}

function rowOf(name: string, list: readonly Outcome[]): string {
  const count = (holds: (outcome: Outcome) => boolean) => list.filter(holds).length;
  const sum = (of: 'theirs' | 'ours' | 'agree') => list.reduce((total, { shapes }) => total + shapes[of], 0);
  const cells = [
    ...[name, list.length, list.length, count(({ facts }) => facts.length === 0)],
    ...[sum('theirs'), sum('ours'), sum('agree')],
    ...[count(({ run }) => run.kind !== 'cannot'), count(({ run }) => run.kind === 'matched')],
  ];
  return `| ${cells.join(' | ')} |`;
}
