import { parsePython } from '../parse';
import type { Module } from '../syntax';
import { PyModule } from '../values/module';
import type { Value } from '../values/object';
import { UnknownValue } from '../values/unknown';
import { libraryModule, presentModules } from '../library/modules';
import type { Code, Runtime } from './frame';

/** A source by its path: `models/net.py`. */
export interface SourceText {
  file: string;
  text: string;
}

/** What is asked for a module by its full name before the sources and the library are. */
export type ModuleTable = (name: string) => PyModule | SourceText | null;

/** Finds modules: those given, the sources, the standard library; the rest is unknown until it matters. */
export class Imports {
  readonly #runtime: Runtime;
  readonly #sources: ReadonlyMap<string, SourceText>;
  readonly #table: ModuleTable;
  readonly #run: (module: Module, code: Code, isOurs: boolean) => void;
  readonly #modules = new Map<string, PyModule>();

  constructor(
    runtime: Runtime,
    sources: readonly SourceText[],
    table: ModuleTable,
    run: (module: Module, code: Code, isOurs: boolean) => void,
  ) {
    this.#runtime = runtime;
    this.#sources = new Map(sources.map((source) => [moduleName(source.file), source]));
    this.#table = table;
    this.#run = run;
  }

  /** A module by its full name, or by its name from a module. Throws ImportError only where missing ones are expected. */
  import(name: string, level: number, from: string | null, isGuarded: boolean): Value {
    const full = level === 0 ? name : this.#absolute(name, level, from ?? '');
    const module = this.#path(full);
    if (module) return module;
    const [top = full] = full.split('.');
    if (isGuarded && !presentModules.has(top))
      throw this.#runtime.error('ModuleNotFoundError', `No module named '${full}'`);
    return new UnknownValue(
      full,
      `imported in ${this.#runtime.place().file}, line ${this.#runtime.place().line}`,
    );
  }

  /** A module that is known, which is run if it was not yet. */
  find(name: string): PyModule | null {
    const known = this.#modules.get(name);
    if (known) return known;
    const given = this.#table(name) ?? this.#source(name) ?? libraryModule(this.#runtime, name);
    if (given instanceof PyModule) {
      this.#modules.set(name, given);
      return given;
    }
    if (given) return this.load(name, given, !this.#isSource(given));
    const [parent, member] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
    const around = name.includes('.') ? this.find(parent)?.members.get(member) : undefined;
    if (around instanceof PyModule) return around;
    return this.#isPackage(name) ? this.#package(name) : null;
  }

  /** Runs a source as a module. */
  load(name: string, source: SourceText, isOurs: boolean): PyModule {
    const module = new PyModule(name, [
      ['__name__', name],
      ['__file__', source.file],
    ]);
    this.#modules.set(name, module);
    const syntax = parsePython(source.text, source.file);
    const code = {
      where: name,
      file: source.file,
      lines: syntax.lines,
      module: name,
      globals: module.members,
      isLibrary: isOurs,
    };
    this.#run(syntax, code, isOurs);
    return module;
  }

  /** A module and those around it, the outermost first; each has the next as a member. */
  #path(full: string): PyModule | null {
    const parts = full.split('.');
    let around: PyModule | null = null;
    for (let count = 1; count <= parts.length; count++) {
      const module = this.find(parts.slice(0, count).join('.'));
      const member = parts[count - 1] ?? '';
      if (around && module && !around.members.has(member)) around.members.set(member, module);
      around = module;
    }
    return around;
  }

  /** `from module import name`: a member, or a module inside. */
  member(module: Value, name: string): Value {
    const found = this.#runtime.findAttribute(module, name);
    if (found !== undefined && !(found instanceof UnknownValue)) return found;
    const inner = module instanceof PyModule ? this.#path(`${module.name}.${name}`) : null;
    if (inner) return inner;
    if (found !== undefined) return found;
    const where = module instanceof PyModule ? module.name : this.#runtime.repr(module);
    throw this.#runtime.error('ImportError', `cannot import name '${name}' from '${where}'`);
  }

  /** The names of `from module import *`: those of `__all__`, or all that do not begin with `_`. */
  publicNames(module: Value): ReadonlyMap<string, Value> {
    if (!(module instanceof PyModule)) return new Map();
    const all = module.members.get('__all__');
    const names =
      all === undefined
        ? [...module.members.keys()].filter((name) => !name.startsWith('_'))
        : this.#runtime.list(all).map((name) => this.#runtime.str(name));
    return new Map(names.map((name) => [name, this.member(module, name)]));
  }

  #isSource(given: SourceText): boolean {
    return [...this.#sources.values()].includes(given);
  }

  /** A source by its full name, or by the end of it: people drop files from inside of packages. */
  #source(name: string): SourceText | null {
    const exact = this.#sources.get(name) ?? this.#sources.get(`${name}.__init__`);
    if (exact) return exact;
    for (const [own, source] of this.#sources) {
      if (own.endsWith(`.${name}`) || own.endsWith(`.${name}.__init__`) || name.endsWith(`.${own}`))
        return source;
    }
    return null;
  }

  #isPackage(name: string): boolean {
    return [...this.#sources.keys()].some((own) => own.startsWith(`${name}.`) || own.includes(`.${name}.`));
  }

  #package(name: string): PyModule {
    const module = new PyModule(name);
    this.#modules.set(name, module);
    return module;
  }

  #absolute(name: string, level: number, from: string): string {
    const isPackage = this.#sources.get(`${from}.__init__`) !== undefined;
    const parts = from.split('.');
    const base = parts.slice(0, parts.length - level + (isPackage ? 1 : 0));
    return [...base, ...(name === '' ? [] : [name])].join('.');
  }
}

/** `models/net.py` as `models.net`. */
export function moduleName(file: string): string {
  return file
    .replace(/\.pyi?$/, '')
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.')
    .join('.');
}
