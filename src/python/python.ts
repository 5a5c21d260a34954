import { describe } from '../core/describe';
import { AppError, toProblem } from '../core/problem';
import { runModule, withinStack } from './evaluate/compile';
import { namesIn } from './evaluate/compile/scope';
import { Engine } from './evaluate/engine';
import type { Note } from './evaluate/ledger';
import type { Hooks } from './evaluate/hooks';
import { Imports, moduleName, type ModuleTable, type SourceText } from './evaluate/imports';
import { usualLimits, type Limits } from './evaluate/limits';
import type { Machine } from './values/machine';
import type { PyModule } from './values/module';
import { Instance, type PyClass, type Value } from './values/object';
import { Raised } from './values/raised';
import { UnknownValue } from './values/unknown';

/** What an evaluation is given. */
export interface PythonOptions {
  /** The program: sources that import each other. */
  sources?: readonly SourceText[];
  /** Modules of others, by their full names: asked before the sources and the standard library. */
  modules?: (name: string, machine: Machine) => ReturnType<ModuleTable>;
  /** More built-in names, or others for those there are. */
  builtins?: (machine: Machine) => Iterable<readonly [string, Value]>;
  hooks?: Hooks;
  limits?: Partial<Limits>;
}

/** An evaluation: modules, and what they hold, until it is let go. */
export interface Python {
  readonly machine: Machine;
  /** What was printed, left out or taken for granted. */
  readonly notes: readonly Note[];
  /** Runs a module, once. A statement of a source of the program that fails leaves its names unknown, with a remark. */
  load(name: string): PyModule;
  /** Does something with values; what goes wrong comes out as a problem of the catalogue. */
  run<T>(act: (machine: Machine) => T): T;
  /** Gives the whole budget back, for doing the like once more: who asks bounds how often. */
  renew(): void;
  /** An object of a class that is not initialised: its attributes are what they are given to be. */
  instantiate(type: PyClass, attributes: Iterable<readonly [string, Value]>): Instance;
}

/**
 * Evaluates Python: bounded, and with objects of ours only. Nothing that a source says reaches JavaScript.
 *
 *     const python = createPython({ sources: [{ file: 'net.py', text }], modules });
 *     const net = python.run((machine) => machine.call(machine.getAttribute(python.load('net'), 'Net'), []));
 *
 * Throws `python_syntax`, `python_unknown`, `python_error` (an exception that the source does not catch) and
 * `python_limit`, each with file, line and text.
 */
export function createPython(options: PythonOptions): Python {
  const engine = new Engine({ ...usualLimits, ...options.limits }, options.hooks ?? {});
  for (const [name, value] of options.builtins?.(engine) ?? []) engine.builtins.set(name, value);
  const table: ModuleTable = (name) => options.modules?.(name, engine) ?? null;
  const imports = new Imports(engine, options.sources ?? [], table, (module, code, isOurs) => {
    runModule(engine, module, code, (run, statement) => {
      if (isOurs) run();
      else
        attempt(engine, run, (why) => {
          for (const name of namesIn(statement))
            code.globals.set(name, new UnknownValue(name, `${module.file}, line ${statement.line}`));
          engine.note(`${module.file}, line ${statement.line} was left out: ${why}`);
        });
    });
  });
  engine.imports = imports;
  return {
    machine: engine,
    notes: engine.notes,
    load: (name) =>
      bounded(engine, () => {
        const module = imports.find(moduleName(name));
        if (module) return module;
        throw engine.unknown(`there is no module ${name}`);
      }),
    run: (act) => bounded(engine, () => act(engine)),
    renew: () => {
      engine.renew();
    },
    instantiate: (type, attributes) => {
      const object = new Instance(type);
      object.attributes = new Map(attributes);
      return object;
    },
  };
}

/** Runs a statement of a module; one that needs what is unknown, or raises, is left out. */
function attempt(engine: Engine, run: () => void, leaveOut: (why: string) => void): void {
  const { frame } = engine;
  try {
    run();
  } catch (error) {
    const known = error instanceof Raised ? problemOf(engine, error) : error;
    if (!(known instanceof AppError) || (known.code !== 'python_unknown' && known.code !== 'python_error'))
      throw error;
    while (engine.frame && engine.frame !== frame) engine.leave(engine.frame);
    leaveOut(describe(toProblem(known)).text);
  }
}

/** Turns what leaves the evaluator into problems; running out of the browser's stack is one too. */
function bounded<T>(engine: Engine, act: () => T): T {
  const { frame, at, barrier } = engine;
  try {
    return withinStack(engine, act);
  } catch (error) {
    if (error instanceof Raised) throw problemOf(engine, error);
    throw error;
  } finally {
    while (engine.frame && engine.frame !== frame) engine.leave(engine.frame);
    engine.at = at;
    engine.barrier = barrier;
  }
}

/** An exception that nobody caught, as the problem it is. */
function problemOf(engine: Engine, { exception, frames }: Raised): AppError {
  const [innermost] = frames;
  const { file, line, column, text } = innermost ?? engine.place();
  const type = engine.typeOf(exception).name;
  let message: string;
  try {
    message = engine.str(exception);
  } catch {
    message = '';
  }
  return new AppError('python_error', {
    ...{ file, line, column, text, error: message === '' ? type : `${type}: ${message}` },
    stack: frames.map((frame) => `in ${frame.where}, ${frame.file} line ${frame.line}`),
  });
}
