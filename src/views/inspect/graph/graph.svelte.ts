import type { GraphOutline } from '../../../core/outline';
import { groupNodes, foldAtFirst, groupsAround, type Grouping } from '../../../graph/groups';
import type { Picture } from '../../../graph/picture';
import { createSearch, type Scope, type Search } from '../../../graph/search';

export type Arrange = (
  outline: GraphOutline,
  folded: readonly string[],
  signal: AbortSignal,
) => Promise<Picture>;

/** ms after which a layout is said to take its time. */
const PATIENCE = 2500;

/** One graph being looked at: what is folded, the picture of it, and what is chosen besides nodes. */
export class GraphState {
  readonly outline: GraphOutline;
  readonly grouping: Grouping;
  readonly search: Search;
  /** Paths of groups drawn as one box. */
  folded = $state.raw<ReadonlySet<string>>(new Set());
  picture = $state.raw<Picture | null>(null);
  /** What stays where it is on the screen when the picture changes: an id; `null` begins anew. */
  anchor: string | null = null;
  /** A chosen box that is no node, by id. */
  other = $state.raw<string | null>(null);
  /** Whether a layout runs longer than one likes to wait. */
  isSlow = $state(false);
  /** Why there is no newer picture; a cancelled layout is one that the person stopped. */
  failure = $state.raw<unknown>(null);
  readonly #arrange: Arrange;
  #working: AbortController | null = null;
  /** What the picture shows folded, to return to. */
  #shown: ReadonlySet<string> = new Set();

  constructor(outline: GraphOutline, arrange: Arrange) {
    this.outline = outline;
    this.#arrange = arrange;
    this.grouping = groupNodes(outline.nodes);
    this.search = createSearch(outline);
    this.folded = new Set(foldAtFirst(this.grouping));
    void this.layOut(null);
  }

  /** Folds an open group or opens a folded one; it stays in its place on the screen. */
  toggle(path: string): void {
    const folded = new Set(this.folded);
    if (!folded.delete(path)) folded.add(path);
    this.folded = folded;
    void this.layOut(`g/${path}`);
  }

  fold(paths: readonly string[]): void {
    this.folded = new Set(paths);
    void this.layOut(null);
  }

  /** Opens the groups around a node; true when there were folded ones. */
  reveal(node: number): boolean {
    const shut = groupsAround(this.grouping, node).filter((path) => this.folded.has(path));
    if (shut.length === 0) return false;
    this.folded = new Set([...this.folded].filter((path) => !shut.includes(path)));
    void this.layOut(`g/${shut.at(-1)}`);
    return true;
  }

  /** Makes the picture of what is folded now; a layout under way is given up. */
  async layOut(anchor: string | null): Promise<void> {
    this.#working?.abort();
    const working = new AbortController();
    this.#working = working;
    this.failure = null;
    const { folded } = this;
    const slow = setTimeout(() => (this.isSlow = true), PATIENCE);
    try {
      const picture = await this.#arrange(this.outline, [...folded], working.signal);
      if (this.#working !== working) return;
      this.#shown = folded;
      this.anchor = this.picture ? anchor : null;
      this.picture = picture;
    } catch (error) {
      if (this.#working === working) this.failure = error;
    } finally {
      clearTimeout(slow);
      if (this.#working === working) {
        this.#working = null;
        this.isSlow = false;
      }
    }
  }

  /** Stops a layout that takes too long and keeps the picture there is. */
  cancel(): void {
    const working = this.#working;
    if (this.picture) this.folded = this.#shown;
    working?.abort();
  }

  /** Ends what runs; the graph is no longer looked at. */
  leave(): void {
    const working = this.#working;
    this.#working = null;
    working?.abort();
  }

  /** The group that a box is, or the innermost open one that it lies in; `null` for the graph itself. */
  groupOf(box: number): string | null {
    const found = this.picture?.boxes[box];
    return found && found.group !== '' ? found.group : null;
  }

  find(query: string, scope: Scope) {
    return this.search.find(query, scope);
  }
}
