import type { Dtype } from '../core/dtype';
import type { Dim, Shape } from '../core/shape';
import { common } from './dims';
import { elementOf, isWhole } from './element';
import type { Type } from './model';
import { unknown, type Container, type Known } from './op';

/** What a type says; sizes below 0 stand for any size in files of some exporters. */
export function knownOf(type: Type | null): Known {
  if (type === null || type.kind === 'sparse') return unknown;
  if (!isTensor(type)) return container(type);
  const shape = type.shape && type.shape.map((dim) => (typeof dim === 'number' && dim < 0 ? null : dim));
  return { dtype: type.dtype, shape };
}

function isTensor(type: Type): type is Extract<Type, { kind: 'tensor' | 'sparse' }> {
  return type.kind === 'tensor' || type.kind === 'sparse';
}

/** What is known as a type. */
export function typeOf(known: Known): Type {
  return known.type ?? { kind: 'tensor', dtype: known.dtype, shape: known.shape };
}

/** A sequence or optional of what is known. */
export function holding(kind: 'sequence' | 'optional', of: Known): Known {
  return container({ kind, of: typeOf(of) });
}

/** A value that is no tensor. */
export function container(type: Container): Known {
  return { dtype: null, shape: null, type };
}

/** What is known of the elements of a sequence or of what an optional may hold. */
export function heldBy(known: Known): Known {
  const { type } = known;
  return type?.kind === 'sequence' || type?.kind === 'optional' ? knownOf(type.of) : unknown;
}

/** What holds of both: where they differ, nothing is known. */
export function commonOf(a: Known, b: Known): Known {
  const same = a.elements?.length === b.elements?.length;
  return {
    dtype: a.dtype === b.dtype ? a.dtype : null,
    shape: common(a.shape, b.shape),
    elements: same && a.elements && b.elements ? common(a.elements, b.elements) : null,
    type: a.type && b.type ? commonType(a.type, b.type) : null,
  };
}

function commonType(a: Container, b: Container): Container | null {
  if ((a.kind === 'sequence' || a.kind === 'optional') && a.kind === b.kind) {
    return { kind: a.kind, of: typeOf(commonOf(knownOf(a.of), knownOf(b.of))) };
  }
  return a.kind === b.kind ? a : null;
}

/** What was inferred, with gaps filled by what is said elsewhere of the same value. */
export function completed(inferred: Known, declared: Known | undefined): Known {
  if (declared === undefined) return inferred;
  const isTensor = inferred.dtype !== null || inferred.shape !== null;
  return {
    ...inferred,
    dtype: inferred.dtype ?? declared.dtype,
    shape: completedShape(inferred.shape, declared.shape),
    type: inferred.type
      ? completedType(inferred.type, declared.type)
      : isTensor
        ? null
        : (declared.type ?? null),
  };
}

function completedType(inferred: Container, declared: Known['type']): Container {
  if ((inferred.kind !== 'sequence' && inferred.kind !== 'optional') || inferred.kind !== declared?.kind) {
    return inferred;
  }
  return { ...inferred, of: typeOf(completed(knownOf(inferred.of), knownOf(declared.of))) };
}

function completedShape(inferred: Shape, declared: Shape): Shape {
  if (inferred === null || declared === null) return inferred ?? declared;
  if (inferred.length !== declared.length) return inferred;
  // A number says more than a name.
  return inferred.map((dim, at): Dim =>
    typeof declared[at] === 'number' && typeof dim !== 'number'
      ? declared[at]
      : (dim ?? declared[at] ?? null),
  );
}

/** What holds whichever of the two a run takes; one dtype known is the other's, because a value has only one. */
export function eitherOf(a: Known, b: Known): Known {
  return { ...commonOf(a, b), dtype: a.dtype ?? b.dtype };
}

/** The same without its elements. */
export function shapeOf({ dtype, shape }: Known): Known {
  return { dtype, shape };
}

/**
 * The same numbers as another dtype. Names of sizes stay where the dtype holds all sizes; floats that no whole number
 * of the dtype is near are not known.
 */
export function castTo(dtype: Dtype | null, { dtype: from, shape, elements }: Known): Known {
  if (dtype === from) return { dtype, shape, elements: elements ?? null };
  const keepsNames = dtype !== null && /^(u?int|float)(32|64)$/.test(dtype);
  const cast = (value: Dim): Dim => {
    if (typeof value !== 'number') return keepsNames ? value : null;
    const exact = from && isWhole(from) ? elementOf(value, from) : value;
    const element = exact === null ? null : elementOf(exact, dtype);
    const wraps = from !== null && (isWhole(from) || from === 'bool');
    return dtype && isWhole(dtype) && !wraps && element !== Math.trunc(value) ? null : element;
  };
  return { dtype, shape, elements: elements ? elements.map(cast) : null };
}
