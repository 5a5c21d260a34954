import type { ModelRecord } from '../library/record';

/** What models can be put in order by. */
export type Column = 'name' | 'family' | 'from' | 'accuracy' | 'parameters' | 'size' | 'stored';

/** Where a model came from, in words. */
export const origins = { bundled: 'comes with Inkling', dropped: 'dropped', converted: 'converted' };

/** What a model is put in its place by; null where it has none: such models come last, whichever way. */
const places: Record<Column, (record: ModelRecord) => string | number | null> = {
  name: ({ name }) => name,
  family: familyOf,
  from: ({ origin, addedAt }) => (origin === 'bundled' ? 0 : addedAt),
  accuracy: ({ card }) => card?.accuracy.mean ?? null,
  parameters: ({ facts }) => facts.parameters,
  size: sizeOf,
  stored: storedOf,
};

/** The models of the library as somebody looks for one: those that hold all words sought, in the order asked for. */
export class Shelf {
  sought = $state('');
  order = $state.raw<{ column: Column; isDown: boolean } | null>(null);
  readonly rows: readonly ModelRecord[];

  constructor(records: () => readonly ModelRecord[]) {
    this.rows = $derived(this.#arrange(records()));
  }

  /** Words go up first and figures down; asked again, the other way; a third time, as they came. */
  sortBy(column: Column): void {
    const first = column !== 'name' && column !== 'family';
    if (this.order?.column !== column) this.order = { column, isDown: first };
    else this.order = this.order.isDown === first ? { column, isDown: !first } : null;
  }

  #arrange(records: readonly ModelRecord[]): readonly ModelRecord[] {
    const words = this.sought.toLowerCase().split(/\s+/).filter(Boolean);
    const found = records.filter((record) => {
      const text = [record.name, record.file, familyOf(record), origins[record.origin]]
        .join(' ')
        .toLowerCase();
      return words.every((word) => text.includes(word));
    });
    if (!this.order) return found;
    const { column, isDown } = this.order;
    const placed = found.map((record) => ({ record, place: places[column](record) }));
    placed.sort(({ place: a }, { place: b }) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      const up = typeof a === 'string' ? a.localeCompare(String(b), 'en', { numeric: true }) : a - Number(b);
      return isDown ? -up : up;
    });
    return placed.map(({ record }) => record);
  }
}

/** The family that a model's card names; the kind of its file without one. */
export function familyOf({ card, facts }: ModelRecord): string {
  return card?.family ?? facts.format;
}

/** Bytes of the original, with the weights beside it. */
export function sizeOf({ variants }: ModelRecord): number {
  return variants[0]?.bytes ?? 0;
}

/** Bytes of the original and of all that was made of it. */
export function storedOf({ variants }: ModelRecord): number {
  return variants.reduce((sum, { bytes }) => sum + bytes, 0);
}
