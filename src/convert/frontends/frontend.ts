import type { Job } from '../../core/job';
import type { Metadata } from '../../ir/model';
import type { FoundGap, Question } from '../report';
import type { Freedom, Request } from '../request';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** A way of making a graph of a checkpoint. */
export interface Frontend {
  id: string;
  label: string;
  /** Why it does not apply, as a sentence without a full stop; `null` where it does. Looks only, reads nothing large. */
  declines(request: Request): string | null;
  /** Throws problems of the catalogue; a `Gap` that nothing caught counts as one without a place. */
  translate(request: Request, freedom: Freedom, job: Job): Promise<Translation>;
}

/** What came of a translation: a recorded program, all that cannot be expressed, or what has to be asked first. */
export type Translation = Remarks &
  (
    | { kind: 'recorded'; tape: Tape; outputs: readonly Named[]; named?: readonly Named[] }
    | { kind: 'gaps'; gaps: readonly FoundGap[] }
    | { kind: 'questions' }
  );

/** What any translation may say besides. */
interface Remarks {
  notes?: readonly string[];
  /** All questions, those with a usual answer too. */
  questions?: readonly Question[];
  /** For the model's metadata: `class`, `torch_version`. */
  facts?: Metadata;
}

/** A value and what it is to be called. */
export interface Named {
  name: string;
  tensor: Tensor;
}
