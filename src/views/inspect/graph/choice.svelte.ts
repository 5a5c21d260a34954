import type { Box, Picture } from '../../../graph/picture';
import type { Hit } from '../../../graph/search';
import { stepFrom, type Way } from '../../../graph/walk';
import type { GraphState } from './graph.svelte';
import type { Branch } from './tree';

/** What a choice is made in, and who keeps which node it is. */
interface Surroundings {
  graph(): GraphState;
  /** Index of the chosen node. */
  selected(): number | null;
  /** Path of the graph around this one. */
  parent(): string | null;
  select(index: number | null): void;
  enter(path: string): void;
}

/** The chosen box of a graph, and the ways to another one: pressed, walked to, found, or named in the outline. */
export class Choice {
  readonly #around: Surroundings;
  readonly #places = $derived.by(() => new Map(this.#picture?.boxes.map((box, i) => [box.id, i])));
  /** Its place in the picture; -1 for none. */
  readonly at = $derived.by(() => this.#find());
  readonly box = $derived<Box | null>(this.#picture?.boxes[this.at] ?? null);
  /** Its id, also where a folded group hides it. */
  readonly id = $derived.by(() => {
    const selected = this.#around.selected();
    return selected === null ? this.#graph.other : `n${selected}`;
  });

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Chooses the box at a place of the picture, or none. */
  choose(at: number): void {
    const wanted = this.#picture?.boxes[at];
    this.#graph.other = wanted && wanted.node < 0 ? wanted.id : null;
    this.#select(wanted && wanted.node >= 0 ? wanted.node : null);
  }

  /** Opens a folded group, or goes into the first graph of a node. */
  activate(at: number): void {
    const wanted = this.#picture?.boxes[at];
    if (wanted?.kind === 'group') this.#graph.toggle(wanted.group);
    const [inner] = wanted?.opens ?? [];
    if (inner !== undefined) this.#around.enter(inner);
  }

  walk(way: Way): void {
    if (!this.#picture) return;
    const next = stepFrom(this.#picture, this.at, way);
    if (next >= 0) this.choose(next);
  }

  /** Chooses what was found. */
  jump({ node, box }: Hit): void {
    if (node >= 0) {
      this.#graph.other = null;
      this.#around.select(node);
      this.#graph.reveal(node);
    } else if (box !== null) {
      this.#graph.other = box;
      this.#around.select(null);
    }
  }

  /** Folds the group around, or goes to the graph around where there is none. */
  leave(): void {
    const group = this.#graph.groupOf(this.at);
    const parent = this.#around.parent();
    if (group !== null && this.box?.kind !== 'group') {
      this.#graph.other = `g/${group}`;
      this.#select(null);
      this.#graph.toggle(group);
    } else if (parent !== null) this.#around.enter(parent);
  }

  chooseBranch({ node, id }: Branch): void {
    this.#graph.other = node < 0 ? id : null;
    this.#select(node < 0 ? null : node);
  }

  activateBranch(branch: Branch): void {
    this.chooseBranch(branch);
    if (branch.kind === 'group') this.#graph.toggle(branch.path);
    else this.activate(this.#places.get(branch.id) ?? -1);
  }

  get #graph(): GraphState {
    return this.#around.graph();
  }

  get #picture(): Picture | null {
    return this.#graph.picture;
  }

  #find(): number {
    const [picture, selected] = [this.#picture, this.#around.selected()];
    if (!picture) return -1;
    if (selected !== null) return picture.boxOf[selected] ?? -1;
    return this.#graph.other === null ? -1 : (this.#places.get(this.#graph.other) ?? -1);
  }

  #select(node: number | null): void {
    if (node !== this.#around.selected()) this.#around.select(node);
  }
}
