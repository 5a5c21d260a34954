import { incomplete, toProblem, type Problem } from '../core/problem';

/** A problem on screen, with its own identity so that two alike can both be dismissed. */
export interface Shown {
  id: number;
  problem: Problem;
}

/** The problem cards on screen, newest first. */
export class Problems {
  #shown = $state.raw<readonly Shown[]>([]);
  #next = 1;

  get shown(): readonly Shown[] {
    return this.#shown;
  }

  /** Shows whatever was thrown; an abort is what the person wanted and shows nothing. */
  show(thrown: unknown): void {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return;
    this.showProblem(toProblem(thrown));
  }

  showProblem(problem: Problem): void {
    this.#shown = [{ id: this.#next, problem }, ...this.#shown].slice(0, 5);
    this.#next += 1;
  }

  /** A part of the page that comes when it is first needed; `null` where it does not load, and a card says so. */
  async part<T>(loading: Promise<T>): Promise<T | null> {
    try {
      return await loading;
    } catch (error) {
      this.showProblem(incomplete(error));
      return null;
    }
  }

  dismissAll(): void {
    this.#shown = [];
  }

  dismiss(id: number): void {
    this.#shown = this.#shown.filter((each) => each.id !== id);
  }
}
