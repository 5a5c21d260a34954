import type { Edit } from '../core/edit';
import type { ModelFacts } from '../core/facts';
import type { Dim } from '../core/shape';
import type { ModelRecord } from '../library/record';

/** Small changes to the model on screen, as a form holds them; they stay while the model does. */
export class Editing {
  graph = $state('');
  doc = $state('');
  ports = $state<{ from: string; to: string; way: 'in' | 'out'; dropped: boolean }[]>([]);
  dimensions = $state<{ name: string; to: string }[]>([]);
  /** Sizes of inputs that a name would free. */
  sizes = $state<{ port: string; axis: number; was: Dim; to: string }[]>([]);
  metadata = $state<{ key: string; value: string; kept: boolean }[]>([]);
  opsets = $state<{ domain: string; version: number }[]>([]);
  untrained = $state(false);
  #kept = $state.raw<{ record: ModelRecord; edits: string } | null>(null);
  readonly #facts: ModelFacts;

  constructor(facts: ModelFacts) {
    this.#facts = facts;
    this.reset();
  }

  /** The form as the model is. */
  reset(): void {
    const { graph, doc, inputs, outputs, metadata, opsets } = this.#facts;
    this.graph = graph;
    this.doc = doc;
    this.ports = [
      ...inputs.map(({ name }) => ({ from: name, to: name, way: 'in' as const, dropped: false })),
      ...outputs.map(({ name }) => ({ from: name, to: name, way: 'out' as const, dropped: false })),
    ];
    const free = [...inputs, ...outputs].flatMap(({ shape }) => shape ?? []);
    this.dimensions = [...new Set(free)].flatMap((dim) =>
      typeof dim === 'string' ? [{ name: dim, to: dim }] : [],
    );
    this.sizes = inputs.flatMap(({ name, shape }) =>
      (shape ?? []).flatMap((dim, axis) =>
        typeof dim === 'string' ? [] : [{ port: name, axis, was: dim, to: dim === null ? '' : String(dim) }],
      ),
    );
    this.metadata = Object.entries(metadata).map(([key, value]) => ({ key, value, kept: true }));
    this.opsets = Object.entries(opsets).map(([domain, version]) => ({ domain, version }));
    this.untrained = false;
  }

  /** What differs from the model, in the order it is applied. */
  readonly edits = $derived.by<Edit[]>(() => {
    const facts = this.#facts;
    const list: Edit[] = [];
    if (this.graph !== facts.graph) list.push({ kind: 'rename model', name: this.graph });
    if (this.doc !== facts.doc) list.push({ kind: 'set document', text: this.doc });
    for (const { from, dropped } of this.ports) if (dropped) list.push({ kind: 'drop output', name: from });
    for (const { port, axis, was, to } of this.sizes) {
      const dim = parseDim(to);
      if (dim !== was) list.push({ kind: 'set axis', port, axis, to: dim });
    }
    for (const { from, to, dropped } of this.ports) {
      if (!dropped && from !== to) list.push({ kind: 'rename port', from, to });
    }
    for (const { name, to } of this.dimensions) {
      if (name !== to) list.push({ kind: 'set dimension', name, to: parseDim(to) });
    }
    for (const { key, value, kept } of this.metadata) {
      if (key === '') continue;
      if (!kept) list.push({ kind: 'set metadata', key, value: null });
      else if (facts.metadata[key] !== value) list.push({ kind: 'set metadata', key, value });
    }
    for (const { domain, version } of this.opsets) {
      if (facts.opsets[domain] !== version) list.push({ kind: 'set opset', domain, version });
    }
    if (this.untrained) list.push({ kind: 'remove training' });
    return list;
  });

  /** Outputs that stay. */
  readonly outputs = $derived(this.ports.filter(({ way, dropped }) => way === 'out' && !dropped).length);

  /** The model that these very changes were kept as; `null` where nothing was kept, or more was changed since. */
  readonly kept = $derived(
    this.#kept && this.#kept.edits === JSON.stringify(this.edits) ? this.#kept.record : null,
  );

  /** `edits` were kept as a model of their own. */
  keptAs(record: ModelRecord, edits: readonly Edit[]): void {
    this.#kept = { record, edits: JSON.stringify(edits) };
  }
}

function parseDim(text: string): Dim {
  const trimmed = text.trim();
  return /^\d+$/.test(trimmed) ? Number(trimmed) : trimmed || null;
}
