import type { Checkpoint } from '../core/checkpoint';
import type { Model } from '../ir/model';

/** What a file turned out to hold: a graph that can run, or weights without one. */
export type Artifact = { kind: 'model'; model: Model } | { kind: 'checkpoint'; checkpoint: Checkpoint };
