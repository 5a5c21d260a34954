import { openAsBlob } from 'node:fs';
import { expect, test } from 'vitest';
import { createJob } from '../src/core/job';
import { sha256 } from '../src/core/sha256';
import { readOnnx } from '../src/formats/onnx';
import { describeModel } from '../src/passes/facts';
import { wildModels, type WildModel } from './wild';

const models = wildModels();

if (models.length === 0) test.skip('models from the wild: ../shared/wild is not on this machine');

test.each(models)('$file has the facts its manifest says', async (entry) => {
  const file = await openAsBlob(entry.path);
  const model = await readOnnx(file, { name: entry.file }, createJob());
  const facts = await describeModel(model, file, await sha256(file));
  expect({
    sha256: facts.sha256,
    bytes: facts.bytes,
    irVersion: facts.irVersion,
    opsets: facts.opsets,
    nodes: facts.nodes,
    inputs: facts.inputs,
    outputs: facts.outputs,
    initializers: facts.initializers,
    parameters: facts.parameters,
  }).toEqual({
    sha256: entry.sha256,
    bytes: entry.bytes,
    irVersion: entry.irVersion,
    opsets: Object.fromEntries(
      Object.entries(entry.opsets).map(([domain, v]) => [domain === 'ai.onnx' ? '' : domain, v]),
    ),
    nodes: entry.nodes,
    inputs: entry.inputs.map(port),
    outputs: entry.outputs.map(port),
    initializers: entry.initializers,
    parameters: entry.parameters,
  });
});

const dtypes: Record<string, string> = {
  'seq(map(INT64,FLOAT))': 'sequence(map(int64,float32))',
  FLOAT: 'float32',
  DOUBLE: 'float64',
};

function port({ name, type, shape }: WildModel['inputs'][number]) {
  return { name, dtype: dtypes[type] ?? type.toLowerCase(), shape };
}
