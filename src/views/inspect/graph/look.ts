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
  const { colours, kinds, sans, mono } = readTokens(element);
  return { palette: { ...colours, kinds }, measure, most: mostOf(picture, measure), sans, mono, lit };
}

const colourTokens = ['paper', 'sheet', 'ink', 'faint', 'line', 'edge', 'wash', 'focus', 'cost'] as const;
const kinds = Object.keys(operatorKinds) as OperatorKind[];

/** What tokens are for an element; all asked before the first is read, so that the browser works them out once. */
function readTokens(element: HTMLElement) {
  const probe = element.appendChild(document.createElement('i'));
  probe.hidden = true;
  const ask = (property: 'color' | 'font-family', token: string) => {
    const part = probe.appendChild(document.createElement('i'));
    part.style.setProperty(property, `var(--${token})`);
    return () => getComputedStyle(part).getPropertyValue(property);
  };
  const colours = colourTokens.map((token) => [token, ask('color', token)] as const);
  const ofKinds = kinds.map((kind) => [kind, ask('color', `kind-${kind}`)] as const);
  const [sans, mono] = [ask('font-family', 'sans'), ask('font-family', 'mono')];
  const read = { colours: answers(colours), kinds: answers(ofKinds), sans: sans(), mono: mono() };
  probe.remove();
  return read;
}

function answers<Name extends string>(
  asked: readonly (readonly [Name, () => string])[],
): Record<Name, string> {
  return Object.fromEntries(asked.map(([name, answer]) => [name, answer()])) as Record<Name, string>;
}
