import type { Layout, Value } from '../../core/checkpoint';
import { asKind, itemsOf } from '../pickle/values';
import { isOptimizer } from './optimizer';
import { holdsTensors, keyText, moduleState } from './walk';

/** Where the weights are in a file, and what lies beside them. */
export interface Arrangement {
  layout: Layout;
  /** What a model would load. */
  weights: Value;
  /** Entries beside the weights and the optimizers, by name. */
  entries: Map<string, Value>;
  optimizers: Map<string, Value>;
  /** Whether a path below `weights` belongs to something else. */
  leaves: (path: string) => boolean;
}

/** Keys that training scripts keep the weights under, the most usual first. */
const STATE_KEYS = ['state_dict', 'model_state_dict', 'model', 'model_state', 'net_state_dict'];

/** Tells where the weights are, by the names and kinds of the entries. */
export function arrange(root: Value): Arrangement {
  const plain = {
    weights: root,
    entries: new Map<string, Value>(),
    optimizers: new Map<string, Value>(),
    leaves: () => false,
  };
  if (asKind(root, 'tensor')) return { ...plain, layout: 'tensor' };
  if (moduleState(root)) return { ...plain, layout: 'module' };
  const list = itemsOf(root);
  if (list)
    return {
      ...plain,
      layout: list.length > 0 && list.every((one) => asKind(one, 'dict')) ? 'ensemble' : 'other',
    };
  const dict = asKind(root, 'dict');
  if (!dict) return { ...plain, layout: asKind(root, 'object') ? 'module' : 'other' };
  const named = new Map([...dict.entries].map(([key, value]) => [keyText(key), value]));
  // A short pickle can have one value in a million places: each is looked at once.
  const without = new Set<Value>();
  const [isOne, holds] = [onceEach(isOptimizer), onceEach((value) => holdsTensors(value, without))];
  const optimizers = new Map([...named].filter(([, value]) => isOne(value)));
  const bare = [...named.values()].filter((value) => asKind(value, 'tensor')).length;
  const at = bare * 2 > named.size ? undefined : STATE_KEYS.find((key) => holds(named.get(key) ?? null));
  if (at === undefined) {
    const entries = new Map([...named].filter(([key, value]) => !optimizers.has(key) && !holds(value)));
    const leaves = (path: string) => optimizers.has(path);
    return { ...plain, entries, optimizers, leaves, layout: bare * 2 > named.size ? 'state dict' : 'other' };
  }
  const entries = new Map([...named].filter(([key]) => key !== at && !optimizers.has(key)));
  const lightning = named.has('pytorch-lightning_version');
  return {
    ...plain,
    weights: named.get(at) ?? null,
    entries,
    optimizers,
    layout: lightning ? 'lightning' : 'checkpoint',
  };
}

/** A question asked once of each value. */
function onceEach(ask: (value: Value) => boolean): (value: Value) => boolean {
  const answers = new Map<Value, boolean>();
  return (value) => {
    const answer = answers.get(value) ?? ask(value);
    answers.set(value, answer);
    return answer;
  };
}
