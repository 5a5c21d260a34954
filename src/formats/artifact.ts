import type { Model } from '../ir/model';

/** What a file turned out to hold. */
export interface Artifact {
  kind: 'model';
  model: Model;
}
