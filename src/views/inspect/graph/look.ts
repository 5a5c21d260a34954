import { mostOf, type Measure, type Palette } from '../../../graph/colouring';
import { operatorKinds, type OperatorKind } from '../../../graph/kinds';
import type { Paths } from '../../../graph/paths';
import type { Picture } from '../../../graph/picture';

/** How a picture is painted now. */
export interface Look {
  palette: Palette;
  measure: Measure;
  most: number;
  sans: string;
  mono: string;
  /** What lies on the way of the chosen box; the rest steps back. `null` when nothing does. */
  lit: Paths | null;
}

/** The look of an element: colours from its custom properties, fonts from the tokens. */
export function readLook(element: HTMLElement, picture: Picture, measure: Measure, lit: Paths | null): Look {
  const probe = element.appendChild(document.createElement('i'));
  probe.hidden = true;
  const style = getComputedStyle(probe);
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`;
    return style.color;
  };
  const font = (name: string) => {
    probe.style.fontFamily = `var(--${name})`;
    return style.fontFamily;
  };
  const kinds = Object.fromEntries(
    Object.keys(operatorKinds).map((kind) => [kind, colour(`kind-${kind}`)]),
  ) as Record<OperatorKind, string>;
  const palette = {
    ...{ paper: colour('paper'), sheet: colour('sheet'), ink: colour('ink'), faint: colour('faint') },
    ...{ line: colour('line'), edge: colour('edge'), wash: colour('wash'), focus: colour('focus') },
    ...{ cost: colour('cost'), kinds },
  };
  const look = {
    palette,
    measure,
    most: mostOf(picture, measure),
    sans: font('sans'),
    mono: font('mono'),
    lit,
  };
  probe.remove();
  return look;
}
