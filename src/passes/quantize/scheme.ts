import type { Job } from '../../core/job';
import type { Model } from '../../ir/model';

/** A way of storing weights in fewer bits. */
export interface Scheme {
  id: 'fp16' | 'int8' | 'int4';
  label: string;
  /** What it does and costs, in a sentence. */
  says: string;
  /** Its options, from which a screen makes a form. */
  fields: readonly Field[];
  /** Whether it needs example inputs. */
  calibrates: boolean;
  /**
   * A smaller model with the same inputs and outputs. `data` are example inputs for schemes that calibrate; none
   * does yet. Throws `quantize_nothing`, `quantize_opset`, or as `readTensor` does.
   */
  apply(model: Model, options: Options, data: null, job: Job): Promise<Model>;
}

/** One option: a choice among a few values. */
interface Field {
  id: string;
  label: string;
  choices: readonly string[];
  /** The choice where none is made. */
  usual: string;
}

type Options = Readonly<Record<string, string>>;
