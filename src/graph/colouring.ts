import type { OperatorKind } from './kinds';
import type { Box, Picture } from './picture';

/** What colour stands for: the kind of operator, or a cost. */
export type Measure = 'kind' | 'macs' | 'weightBytes' | 'activationBytes';

/** Colours as CSS writes them, for one scheme. */
export interface Palette {
  paper: string;
  sheet: string;
  ink: string;
  faint: string;
  line: string;
  edge: string;
  wash: string;
  focus: string;
  /** The pigment of costs; more of it is dearer. */
  cost: string;
  kinds: Record<OperatorKind, string>;
}

/** The highest cost of one box, for the legend and the shades; 0 for kinds. */
export function mostOf({ boxes }: Picture, measure: Measure): number {
  return measure === 'kind' ? 0 : boxes.reduce((most, box) => Math.max(most, box[measure] ?? 0), 0);
}

/** How much pigment a box gets, from 0 to 1. Costs are spread over decades; the root keeps small ones visible. */
export function shadeOf(box: Box, measure: Measure, most: number): number {
  return measure === 'kind' || most === 0 ? 0 : Math.sqrt((box[measure] ?? 0) / most);
}
