import { keyError, plainItem, plainSetItem } from '../evaluate/operators/items';
import { PyTuple } from '../values/containers';
import { PyDict, PyView } from '../values/dict';
import type { Machine } from '../values/machine';
import { firstGiven, noKeywords, PyClass, type Keywords, type Value } from '../values/object';
import { NativeFunction, ClassFunction, type NativeRun } from '../values/callable';
import { addMethods, selfAs, setMaker } from './native';

/** `dict` and its methods. */
export function addMappings(classes: ReadonlyMap<string, PyClass>): void {
  const dict = classes.get('dict');
  if (dict) addDict(dict);
}

const asDict = selfAs('dict', (value) => value instanceof PyDict);
const changingDict = (machine: Machine, value: Value) => {
  const dict = asDict(machine, value);
  machine.touch(dict);
  return dict;
};

/** Puts the entries of a dict, of something with `keys()`, or of pairs, and those given by name. */
export function updateDict(
  machine: Machine,
  dict: PyDict,
  source: Value | undefined,
  keywords: Keywords,
): void {
  if (source instanceof PyDict) {
    machine.allocate(source.entries.size);
    const isEmpty = dict.entries.size === 0;
    for (const [key, entry] of [...source.entries]) {
      if (isEmpty) dict.entries.set(key, entry);
      else dict.put(key, ...entry);
    }
  } else if (source !== undefined && machine.findSpecial(source, 'keys') !== undefined) {
    for (const key of machine.list(machine.callMethod(source, 'keys', [])))
      dict.put(machine.key(key), key, machine.getItem(source, key));
  } else if (source !== undefined) {
    for (const [at, pair] of machine.list(source).entries()) {
      const [key, value, ...more] = machine.list(pair);
      if (key === undefined || value === undefined || more.length > 0)
        throw machine.error(
          'ValueError',
          `dictionary update sequence element #${at} has length ${key === undefined ? 0 : value === undefined ? 1 : more.length + 2}; 2 is required`,
        );
      dict.put(machine.key(key), key, value);
    }
  }
  for (const [name, value] of keywords) dict.set(name, value);
}

function addDict(type: PyClass): void {
  setMaker(type, '*args, **keywords', (_, [cls = null]) => {
    const made = new PyDict();
    if (cls instanceof PyClass && cls !== type) made.subclass = cls;
    return made;
  });
  const fromKeys: NativeRun = (machine, [cls = null, keys = null, value = null]) => {
    const dict = machine.call(cls, []);
    for (const key of machine.list(keys)) machine.setItem(dict, key, value);
    return dict;
  };
  type.own.set(
    'fromkeys',
    new ClassFunction('classmethod', new NativeFunction('fromkeys', 'cls, iterable, value?', fromKeys, true)),
  );
  addMethods(type, asDict, {
    get: [
      'key, default?',
      (machine, dict, [key = null, otherwise = null]) =>
        firstGiven(dict.entries.get(machine.key(key))?.[1], otherwise) ?? null,
    ],
    keys: ['', (_, dict) => new PyView('dict_keys', dict, ([key]) => key)],
    values: ['', (_, dict) => new PyView('dict_values', dict, ([, value]) => value)],
    items: ['', (_, dict) => new PyView('dict_items', dict, (entry) => new PyTuple(entry))],
    copy: [
      '',
      (machine, dict) => {
        const copy = new PyDict();
        copy.subclass = dict.subclass;
        copy.missing = dict.missing;
        updateDict(machine, copy, dict, noKeywords);
        return copy;
      },
    ],
    __getitem__: ['key', (machine, dict, [key = null]) => plainItem(machine, dict, key)],
    __contains__: ['key', (machine, dict, [key = null]) => dict.entries.has(machine.key(key))],
    __len__: ['', (_, dict) => BigInt(dict.entries.size)],
  });
  addMethods(type, changingDict, {
    __init__: [
      'iterable?, **keywords',
      (machine, dict, [source], keywords) => {
        updateDict(machine, dict, source, keywords);
        return null;
      },
    ],
    update: [
      'iterable?, **keywords',
      (machine, dict, [source], keywords) => {
        updateDict(machine, dict, source, keywords);
        return null;
      },
    ],
    __ior__: [
      'other',
      (machine, dict, [other]) => {
        updateDict(machine, dict, other, noKeywords);
        return dict;
      },
    ],
    setdefault: [
      'key, default?',
      (machine, dict, [key = null, value = null]) => {
        const found = dict.entries.get(machine.key(key));
        if (found) return found[1];
        plainSetItem(machine, dict, key, value);
        return value;
      },
    ],
    pop: [
      'key, default?',
      (machine, dict, [key = null, otherwise]) => {
        const found = dict.entries.get(machine.key(key));
        dict.entries.delete(machine.key(key));
        const value = firstGiven(found?.[1], otherwise);
        if (found === undefined && value === undefined) throw keyError(machine, key);
        return value ?? null;
      },
    ],
    popitem: [
      'last?',
      (machine, dict, [last = true]) => {
        const keys = [...dict.entries.keys()];
        machine.spend(keys.length >> 4);
        const key = machine.truth(last) ? keys.at(-1) : keys[0];
        const entry = key === undefined ? undefined : dict.entries.get(key);
        if (key === undefined || !entry)
          throw machine.raise(machine.call(machine.type('KeyError'), ['popitem(): dictionary is empty']));
        dict.entries.delete(key);
        return new PyTuple(entry);
      },
    ],
    clear: [
      '',
      (_, dict) => {
        dict.entries.clear();
        return null;
      },
    ],
    move_to_end: [
      'key, last?',
      (machine, dict, [key = null]) => {
        const at = machine.key(key);
        const entry = dict.entries.get(at);
        if (!entry) throw keyError(machine, key);
        dict.entries.delete(at);
        dict.entries.set(at, entry);
        return null;
      },
    ],
    __setitem__: [
      'key, value',
      (machine, dict, [key = null, value = null]) => {
        plainSetItem(machine, dict, key, value);
        return null;
      },
    ],
    __delitem__: [
      'key',
      (machine, dict, [key = null]) => {
        if (!dict.entries.delete(machine.key(key))) throw keyError(machine, key);
        return null;
      },
    ],
  });
}
