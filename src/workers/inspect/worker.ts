import { expose } from 'comlink';
import { createJob } from '../../core/job';
import { filesAround } from '../../core/locations';
import { readArtifact } from '../../formats';
import { readArrays } from '../../formats/arrays';
import { saveWeights } from '../../formats/checkpoint/save';
import { encodeExternal, encodeOnnx } from '../../formats/onnx';
import { arrange } from '../../graph/arrange';
import { diffModels } from '../../passes/diff';
import { editModel } from '../../passes/edit';
import { exposeValues } from '../../passes/expose';
import { describeModel } from '../../passes/facts';
import { matchNodes } from '../../passes/match-nodes';
import { memoryOf } from '../../passes/memory';
import { listGraphs } from '../../passes/outline';
import { carryProblems } from '../wire';
import type { Inspector } from './api';
import { outlineCheckpoint } from './checkpoints';
import { Panes } from './panes';
import { heatOf, npyOf, reportTensor, valuesOf } from './tensors';

const panes = new Panes();

carryProblems();
expose({
  async open(pane, file, beside) {
    const external = filesAround(file, beside);
    const artifact = await readArtifact(file.blob, { name: file.name, external }, createJob());
    panes.set(pane, artifact);
    if (artifact.kind === 'checkpoint') {
      return { kind: 'checkpoint', checkpoint: await outlineCheckpoint(artifact.checkpoint, file.blob.size) };
    }
    const { model } = artifact;
    const facts = await describeModel(model, file.blob, '');
    return {
      ...{ kind: 'model', facts, memory: memoryOf(model) },
      ...{ graphs: listGraphs(model), training: model.training.length },
    };
  },

  outline: (pane, path) => Promise.resolve(panes.outline(pane, path)),

  arrange: (pane, path, folded) => Promise.resolve(arrange(panes.outline(pane, path), folded)),

  report: async (pane, place, listener) => reportTensor(await panes.tensor(pane, place), createJob(listener)),

  heat: async (pane, place, leading) => heatOf(await panes.tensor(pane, place), leading),

  values: async (pane, place, from, count) => valuesOf(await panes.tensor(pane, place), from, count),

  npy: async (pane, place) => npyOf(await panes.tensor(pane, place)),

  highlight: async (text) => (await import('../../python/highlight')).highlight(text),

  saveWeights: (pane, as, listener) => saveWeights(panes.checkpoint(pane), as, createJob(listener)),

  async runnable(pane, watched) {
    const model = exposeValues(panes.model(pane), watched);
    const location = 'weights';
    const { graph, data } = await encodeExternal(model, location);
    return { name: model.file, graph, external: [{ location, data }] };
  },

  compare: (listener) => diffModels(panes.model('left'), panes.model('right'), createJob(listener)),

  match() {
    const [left, right] = [panes.model('left').graph, panes.model('right').graph];
    const pairs = matchNodes(left, right);
    const places = new Map(right.nodes.map((node, index) => [node, index]));
    return Promise.resolve(
      Int32Array.from(left.nodes, (node) => {
        const other = pairs.get(node);
        return (other && places.get(other)) ?? -1;
      }),
    );
  },

  edit: async (pane, edits) => encodeOnnx(editModel(panes.model(pane), edits)),

  arrays: readArrays,
} satisfies Inspector);
