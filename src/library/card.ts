/** A model card as training scripts write it beside a model: what was measured, by what, on what. */
export interface Card {
  name: string;
  family: string;
  version: string;
  /** ISO day. */
  date: string;
  license: string;
  task: string;
  description: string;
  parameters: number;
  labels: string[];
  dataset: { name: string; train: number; test: number; generated?: number };
  hyperparameters: Record<string, string | number | boolean>;
  accuracy: {
    unit: 'percent';
    mean: number;
    /** Sample standard deviation over the seeds. */
    spread: number;
    shipped: number;
    seeds: { seed: number; accuracy: number }[];
  };
  shippedSeed: number;
  shippedBecause: string;
  /** Rows are true labels, columns answers. */
  confusion: number[][];
  history: { epoch: number; loss: number; trainAccuracy: number; testAccuracy: number }[];
  /** Share of ink on which the model is unsure enough to abstain, where the script measured it. */
  abstention?: Record<string, unknown>;
}
