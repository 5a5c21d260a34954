import type { GraphOutline } from '../../core/outline';
import type { Checkpoint } from '../../core/checkpoint';
import { AppError, invariant } from '../../core/problem';
import type { TensorPlace } from '../../core/tensor-report';
import type { Artifact } from '../../formats/artifact';
import type { Model, Tensor } from '../../ir/model';
import { outlineGraph } from '../../passes/outline';
import type { Pane } from './api';
import { checkpointTensor } from './checkpoints';
import { findTensor } from './tensors';

/** What is looked at, side by side, with the outlines that were made of it. */
export class Panes {
  readonly #artifacts = new Map<Pane, Artifact>();
  /** By pane and path of the graph: folding a group asks for the same one again. */
  readonly #outlines = new Map<Pane, Map<string, GraphOutline>>();

  #last: { key: string; of: Checkpoint; tensor: Tensor } | null = null;

  set(pane: Pane, artifact: Artifact): void {
    this.#artifacts.set(pane, artifact);
    this.#outlines.set(pane, new Map());
  }

  /** The model in a pane; throws `file_unknown` where there are weights alone. */
  model(pane: Pane): Model {
    const artifact = this.#artifact(pane);
    if (artifact.kind === 'model') return artifact.model;
    const { file } = artifact.checkpoint;
    throw new AppError('file_unknown', { file, looksLike: 'is a checkpoint: weights without a graph' });
  }

  /** The checkpoint in a pane; an `invariant` where there is a model. */
  checkpoint(pane: Pane): Checkpoint {
    const artifact = this.#artifact(pane);
    invariant(artifact.kind === 'checkpoint', 'weights are saved of checkpoints');
    return artifact.checkpoint;
  }

  /** One of the model's graphs as plain data; throws `graph_not_there`. */
  outline(pane: Pane, path: string): GraphOutline {
    const known = this.#outlines.get(pane)?.get(path);
    if (known) return known;
    const outline = outlineGraph(this.model(pane), path);
    this.#outlines.get(pane)?.set(path, outline);
    return outline;
  }

  /** A constant of the model, or a tensor of the checkpoint; throws `graph_no_value`. */
  async tensor(pane: Pane, place: TensorPlace): Promise<Tensor> {
    const artifact = this.#artifact(pane);
    return artifact.kind === 'model'
      ? findTensor(artifact.model, place)
      : this.#checkpointTensor(pane, artifact.checkpoint, place);
  }

  /** The one looked at last is kept: reading it may mean unpacking it. */
  async #checkpointTensor(pane: Pane, checkpoint: Checkpoint, place: TensorPlace): Promise<Tensor> {
    const key = JSON.stringify([pane, place.path, place.name]);
    if (this.#last?.key !== key || this.#last.of !== checkpoint) {
      this.#last = { key, of: checkpoint, tensor: await checkpointTensor(checkpoint, place) };
    }
    return this.#last.tensor;
  }

  #artifact(pane: Pane): Artifact {
    const artifact = this.#artifacts.get(pane);
    invariant(artifact, 'a file was opened before it is asked about');
    return artifact;
  }
}
