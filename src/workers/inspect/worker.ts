import { expose } from 'comlink';
import { createJob } from '../../core/job';
import { AppError, invariant } from '../../core/problem';
import type { TensorPlace } from '../../core/tensor-report';
import { readArtifact } from '../../formats';
import type { Artifact } from '../../formats/artifact';
import { encodeExternal, encodeOnnx } from '../../formats/onnx';
import { arrange } from '../../graph/arrange';
import { checkModel } from '../../ir/check';
import type { Model, Tensor } from '../../ir/model';
import { diffModels } from '../../passes/diff';
import { editModel } from '../../passes/edit';
import { exposeValues } from '../../passes/expose';
import { describeModel } from '../../passes/facts';
import { matchNodes } from '../../passes/match-nodes';
import { memoryOf } from '../../passes/memory';
import { listGraphs, outlineGraph } from '../../passes/outline';
import { carryProblems } from '../wire';
import type { Inspector, Pane } from './api';
import { readArrays } from './arrays';
import { checkpointTensor, outlineCheckpoint } from './checkpoints';
import { findTensor, heatOf, npyOf, reportTensor, valuesOf } from './tensors';

const panes = new Map<Pane, Artifact>();

function artifactIn(pane: Pane): Artifact {
  const artifact = panes.get(pane);
  invariant(artifact, 'a file was opened before it is asked about');
  return artifact;
}

/** The model in a pane; throws `file_unknown` where there are weights alone. */
function modelIn(pane: Pane): Model {
  const artifact = artifactIn(pane);
  if (artifact.kind === 'model') return artifact.model;
  const { file } = artifact.checkpoint;
  throw new AppError('file_unknown', { file, looksLike: 'is a checkpoint: weights without a graph' });
}

async function tensorIn(pane: Pane, place: TensorPlace): Promise<Tensor> {
  const artifact = artifactIn(pane);
  return artifact.kind === 'model'
    ? findTensor(artifact.model, place)
    : checkpointTensor(artifact.checkpoint, place.name);
}

carryProblems();
expose({
  async open(pane, file, beside) {
    const external = new Map(beside.map(({ name, blob }) => [name, blob]));
    const artifact = await readArtifact(file.blob, { name: file.name, external }, createJob());
    panes.set(pane, artifact);
    if (artifact.kind === 'checkpoint') {
      return { kind: 'checkpoint', checkpoint: outlineCheckpoint(artifact.checkpoint, file.blob.size) };
    }
    const { model } = artifact;
    const facts = await describeModel(model, file.blob, '');
    return {
      ...{ kind: 'model', facts, memory: memoryOf(model) },
      ...{ graphs: listGraphs(model), training: model.training.length },
    };
  },

  outline: (pane, path) => Promise.resolve(outlineGraph(modelIn(pane), path)),

  arrange: (pane, path, folded) => Promise.resolve(arrange(outlineGraph(modelIn(pane), path), folded)),

  report: async (pane, place, listener) => reportTensor(await tensorIn(pane, place), createJob(listener)),

  heat: async (pane, place, leading) => heatOf(await tensorIn(pane, place), leading),

  values: async (pane, place, from, count) => valuesOf(await tensorIn(pane, place), from, count),

  npy: async (pane, place) => npyOf(await tensorIn(pane, place)),

  async runnable(pane, watched) {
    const model = exposeValues(modelIn(pane), watched);
    const location = 'weights';
    const { graph, data } = await encodeExternal(model, location);
    return { name: model.file, graph, external: [{ location, data }] };
  },

  compare: (listener) => diffModels(modelIn('left'), modelIn('right'), createJob(listener)),

  match() {
    const [left, right] = [modelIn('left').graph, modelIn('right').graph];
    const pairs = matchNodes(left, right);
    const places = new Map(right.nodes.map((node, index) => [node, index]));
    return Promise.resolve(
      Int32Array.from(left.nodes, (node) => {
        const other = pairs.get(node);
        return (other && places.get(other)) ?? -1;
      }),
    );
  },

  async edit(pane, edits) {
    const model = modelIn(pane);
    const edited = editModel(model, edits);
    const known = new Set(checkModel(model).map(({ text }) => text));
    const [found] = checkModel(edited).filter(({ text }) => !known.has(text));
    if (found)
      throw new AppError('edit_refused', { file: model.file, reason: found.text.replace(/\.$/, '') });
    return encodeOnnx(edited);
  },

  arrays: readArrays,
} satisfies Inspector);
