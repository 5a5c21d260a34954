import type { Dtype } from '../core/dtype';
import type { Problem } from '../core/problem';
import type { Dim } from '../core/shape';
import type { Model } from '../ir/model';

/** What became of a request: the model where there is one, and what happened on the way. */
export interface Conversion {
  report: Report;
  model: Model | null;
}

/** How a conversion went, as plain data that crosses workers. */
export interface Report {
  /** The way of reading that took the file; `null` where none did. */
  frontend: { id: string; label: string } | null;
  /** Ways that do not apply, and why, in the order they were tried. */
  tried: readonly { id: string; label: string; why: string }[];
  stages: readonly Stage[];
  /** All that cannot be expressed; no model where there are any. */
  gaps: readonly FoundGap[];
  /** What the file does not say; asked where there is no `usual` answer, else assumed and changeable. */
  questions: readonly Question[];
  /** What a person should know of the result, as sentences. */
  notes: readonly string[];
  inputs: readonly Port[];
  outputs: readonly Port[];
  /** The largest difference to recorded outputs; `null` where there was nothing to compare with. */
  maxAbsError: number | null;
  /** Why there is no model. */
  problem: Problem | null;
}

export type StageId = 'read' | 'translate' | 'simplify' | 'check' | 'prove';

/** A step of the conversion, and how long it took. */
export interface Stage {
  id: StageId;
  state: 'done' | 'failed' | 'not reached';
  ms: number;
}

/** Something that cannot be expressed as ONNX, and where the program says it. */
export interface FoundGap {
  /** `aten::fft_fft`, or the Python that has no counterpart; empty where the reason names it. */
  operator: string;
  reason: string;
  file: string;
  /** Counted from 1; `null` where the program has no lines. */
  line: number | null;
  /** The path of the module that calls it: `encoder.layers.0`. */
  module: string;
}

/** A fact the file does not hold, as a field of a form. */
export interface Question {
  id: string;
  label: string;
  /** A shape is written `float32[batch,3,224,224]`. */
  kind: 'number' | 'text' | 'choice' | 'shape';
  /** What can be answered, where it is a choice. */
  choices?: readonly string[];
  /** Why it is asked. */
  why: string;
  /** What is taken without an answer; `null` where it has to be answered. */
  usual: string | null;
  /** Whether `usual` is an assumption rather than something the file implies. */
  isAssumed: boolean;
}

/** What goes in or comes out. */
export interface Port {
  name: string;
  dtype: Dtype | null;
  shape: readonly Dim[] | null;
}

const order: readonly StageId[] = ['read', 'translate', 'simplify', 'check', 'prove'];

/** Keeps which stages were reached, and how long each took. */
export class Stages {
  readonly #stages = new Map<StageId, Stage>();

  get list(): Stage[] {
    return order.map((id) => this.#stages.get(id) ?? { id, state: 'not reached', ms: 0 });
  }

  /** Runs a stage; it has failed where `body` throws or `isDone` says so of its result. */
  async run<T>(
    id: StageId,
    body: () => T | Promise<T>,
    isDone: (result: T) => boolean = () => true,
  ): Promise<T> {
    const started = performance.now();
    const end = (state: Stage['state']) =>
      this.#stages.set(id, { id, state, ms: performance.now() - started });
    try {
      const result = await body();
      end(isDone(result) ? 'done' : 'failed');
      return result;
    } catch (thrown) {
      end('failed');
      throw thrown;
    }
  }
}
