import { fp16 } from './fp16';
import { int4 } from './int4';
import { int8 } from './int8';
import type { Scheme } from './scheme';

export { layersOf } from './layers';
export type { Scheme } from './scheme';

/** Every scheme, in the order people see them: the most faithful first. */
export const schemes: readonly Scheme[] = [fp16, int8, int4];
