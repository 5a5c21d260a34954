import type { Value } from '../core/checkpoint';
import type { Metadata } from '../ir/model';
import type { Frontend } from './frontends/frontend';
import type { Request } from './request';

/** Characters of facts that a model carries; histories of thousands of steps stay in the checkpoint. */
const MAX_FACTS = 20_000;
/** Lists longer than this are no facts but histories. */
const MAX_ITEMS = 256;
const MAX_DEPTH = 8;

/** Where a model came from, and what its checkpoint says of it: epoch, metrics, hyperparameters. */
export function provenance(request: Request, frontend: Frontend, facts: Metadata = new Map()): Metadata {
  const { checkpoint, sha256 } = request;
  const kept = Array.from(checkpoint.entries, ([name, value]) => [name, plain(value, 0)] as const).filter(
    ([, value]) => value !== undefined,
  );
  const text = JSON.stringify(Object.fromEntries(kept));
  return new Map([
    ['source', checkpoint.file],
    ['source_format', checkpoint.format],
    ...(sha256 === undefined ? [] : [['source_sha256', sha256] as const]),
    ['converted_by', `inkling, ${frontend.id}`],
    ...facts,
    ...(kept.length > 0 && text.length <= MAX_FACTS ? [['checkpoint', text] as const] : []),
  ]);
}

/** A value as JSON has it, without tensors and objects; `undefined` where nothing is left. */
function plain(value: Value, depth: number): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth > MAX_DEPTH) return undefined;
  switch (value.kind) {
    case 'named':
      return value.name;
    case 'dict':
      return pairs(value.entries, depth);
    case 'list':
    case 'tuple':
    case 'set': {
      if (value.items.length > MAX_ITEMS) return undefined;
      const items = value.items.map((item) => plain(item, depth + 1));
      return items.includes(undefined) ? undefined : items;
    }
    case 'object': {
      const { state } = value;
      return state !== null && typeof state === 'object' && state.kind === 'dict'
        ? pairs(state.entries, depth)
        : undefined;
    }
    default:
      return undefined;
  }
}

function pairs(entries: ReadonlyMap<Value, Value>, depth: number): unknown {
  const kept = Array.from(entries).flatMap(([key, one]): [string, unknown][] => {
    const value = plain(one, depth + 1);
    return value === undefined || (typeof key === 'object' && key !== null) ? [] : [[String(key), value]];
  });
  return entries.size > 0 && kept.length === 0 ? undefined : Object.fromEntries(kept);
}
