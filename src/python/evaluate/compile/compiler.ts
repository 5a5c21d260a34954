import type { Block, Expression } from '../../syntax';
import type { Value } from '../../values/object';
import type { Code, Frame, Runtime } from '../frame';
import type { Scope } from './scope';

/** An expression, ready to be evaluated in a frame. */
export type Evaluate = (frame: Frame) => Value;

/** A place that values can be given to. */
export type Assign = (frame: Frame, value: Value) => void;

/** Statements, ready to be run in a frame. */
export type Execute = (frame: Frame) => Signal;

/** Statements that give values in between: those of a generator that hold a `yield`. */
export type Resume = (frame: Frame) => Generator<Value, Signal, Value>;

/** How statements ended. */
export type Signal = typeof FALLS | typeof BREAKS | typeof CONTINUES | typeof RETURNS;
export const FALLS = 0;
export const BREAKS = 1;
export const CONTINUES = 2;
export const RETURNS = 3;

/**
 * Makes functions of syntax. Sources are compiled to closures and not walked: evaluating then takes a fifth of the
 * time, and names are slots. The parts know each other through this, as expressions hold lambdas, which hold
 * expressions.
 */
export interface Compiler {
  readonly runtime: Runtime;
  readonly code: Code;
  /** Whether what is compiled stands in a `try` that expects missing modules. */
  isGuarded: boolean;
  readonly expression: (node: Expression, scope: Scope) => Evaluate;
  /** `rest` is what runs behind the block until the function ends, where that can be told. */
  readonly block: (body: Block, scope: Scope, rest: Execute | null) => Execute;
  /** The same of a block that holds a `yield`. */
  readonly resumable: (body: Block, scope: Scope) => Resume;
  readonly assign: (target: Expression, scope: Scope) => Assign;
}
