import { expose } from 'comlink';
import { createJob } from '../../core/job';
import { AppError, invariant } from '../../core/problem';
import { readModel } from '../../formats';
import { encodeExternal, encodeOnnx } from '../../formats/onnx';
import { arrange } from '../../graph/arrange';
import { checkModel } from '../../ir/check';
import type { Model } from '../../ir/model';
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
import { findTensor, heatOf, npyOf, reportTensor, valuesOf } from './tensors';

const models = new Map<Pane, Model>();

function modelIn(pane: Pane): Model {
  const model = models.get(pane);
  invariant(model, 'a model was opened before it is asked about');
  return model;
}

carryProblems();
expose({
  async open(pane, file, beside) {
    const external = new Map(beside.map(({ name, blob }) => [name, blob]));
    const model = await readModel(file.blob, { name: file.name, external }, createJob());
    models.set(pane, model);
    const facts = await describeModel(model, file.blob, '');
    return { facts, memory: memoryOf(model), graphs: listGraphs(model), training: model.training.length };
  },

  outline: (pane, path) => Promise.resolve(outlineGraph(modelIn(pane), path)),

  arrange: (pane, path, folded) => Promise.resolve(arrange(outlineGraph(modelIn(pane), path), folded)),

  report: (pane, place, listener) => reportTensor(findTensor(modelIn(pane), place), createJob(listener)),

  heat: (pane, place, leading) => heatOf(findTensor(modelIn(pane), place), leading),

  values: (pane, place, from, count) => valuesOf(findTensor(modelIn(pane), place), from, count),

  npy: (pane, place) => npyOf(findTensor(modelIn(pane), place)),

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
