import type { Opaque, Value as Stored } from '../../../core/checkpoint';
import {
  Foreign,
  PyClass,
  PyDict,
  PyList,
  PyTuple,
  type Instance,
  type Machine,
  type Python,
  type Value,
} from '../../../python';
import type { ReadElements } from '../../tape/initializers';
import { openParameter } from '../../tape/parameters';
import type { Modules } from '../../torch/operators';
import type { Tape } from '../../tape/tape';
import { TensorValue } from '../../torch/values';
import { packedOf } from './packed';

/** What the objects of an archive are opened with. */
interface Archive {
  tape: Tape;
  read: ReadElements;
  python: Python;
  modules: Modules;
  /** A class of the archive's code by its full name. */
  classOf: (name: string) => Value | undefined;
}

/** The objects of an archive as its code holds them; those that several share are one. */
export class Objects {
  readonly #archive: Archive;
  readonly #opened = new Map<object, Value>();

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  /** A value as the program holds it; `type` is what the code says of it. Throws what `read` throws. */
  async open(value: Stored, path: string, type = ''): Promise<Value> {
    if (typeof value === 'number') return Number.isInteger(value) && !isFloat(type) ? BigInt(value) : value;
    if (value === null || typeof value !== 'object') return value;
    const opened = this.#opened.get(value);
    if (opened !== undefined) return opened;
    if (value.kind === 'object') return this.#object(value, path);
    const made = await this.#content(value, path, type);
    this.#opened.set(value, made);
    return made;
  }

  async #content(
    value: Exclude<Stored, null | boolean | number | bigint | string | Opaque>,
    path: string,
    type: string,
  ): Promise<Value> {
    const { tape, read, python } = this.#archive;
    switch (value.kind) {
      case 'tensor':
        return new TensorValue(tape, await openParameter(tape, path, value, read));
      case 'list':
      case 'tuple': {
        const items: Value[] = [];
        for (const [at, item] of value.items.entries())
          items.push(await this.open(item, `${path}.${at}`, type));
        return value.kind === 'list' ? new PyList(items) : new PyTuple(items);
      }
      case 'dict': {
        const dict = new PyDict();
        for (const [key, item] of value.entries) {
          const name = await this.open(key, path);
          const opened = await this.open(item, `${path}.${textOf(key)}`, type);
          dict.put(
            python.run((machine) => machine.key(name)),
            name,
            opened,
          );
        }
        return dict;
      }
      default:
        return new Unopened(value.kind === 'named' ? value.name : value.kind);
    }
  }

  async #object(value: Opaque, path: string): Promise<Value> {
    const { python, classOf, modules } = this.#archive;
    const { name, state } = value;
    const packed = await packedOf(this.#archive.tape, value, (inner) => this.open(inner, path));
    if (packed) {
      this.#opened.set(value, packed);
      return packed;
    }
    const isDict = typeof state === 'object' && state?.kind === 'dict';
    const found = classOf(name);
    // A class without methods has no code: its objects only hold what they were saved with.
    const type = found ?? (isDict ? new PyClass(name, [python.machine.type('object')]) : undefined);
    if (!(type instanceof PyClass)) return new Unopened(name);
    const object = python.instantiate(type, []);
    this.#opened.set(value, object);
    modules.paths.set(object, path);
    if (isDict) await this.#fill(object, type, state.entries, path);
    else if (state !== null) {
      const opened = await this.open(state, path);
      python.run((machine) => machine.callMethod(object, '__setstate__', [opened]));
    }
    if (object.attributes?.get('training') === true) {
      if (path === '' || isOtherInTraining(name)) modules.wasTraining = true;
      object.attributes.set('training', false);
    }
    return object;
  }

  async #fill(
    object: Instance,
    type: PyClass,
    entries: ReadonlyMap<Stored, Stored>,
    path: string,
  ): Promise<void> {
    const annotations = type.find('__annotations__');
    for (const [key, item] of entries) {
      const name = textOf(key);
      const said = annotations instanceof PyDict ? annotations.get(name) : undefined;
      const opened = await this.open(
        item,
        path ? `${path}.${name}` : name,
        typeof said === 'string' ? said : '',
      );
      object.attributes?.set(name, opened);
    }
  }
}

function textOf(key: Stored): string {
  return typeof key === 'object' ? '' : String(key);
}

/** Quantized modules and what they leave behind always say that they are trained, and do nothing else then. */
function isOtherInTraining(type: string): boolean {
  return /drop|norm/i.test(type.slice(type.lastIndexOf('.'))) && !type.includes('.quantized.');
}

/** Pickles hold whole floats as they hold integers once they are read: the code tells them apart. */
function isFloat(type: string): boolean {
  return /\bfloat\b/.test(type) && !/\bint\b/.test(type);
}

/** An object of a library that keeps its state to itself: it can be passed on, not used. */
class Unopened extends Foreign {
  readonly typeName: string;

  constructor(name: string) {
    super();
    this.typeName = name;
  }

  override truth(machine: Machine): boolean {
    throw machine.unknown(`whether ${this.typeName} holds is not known here`);
  }
}
