import type { Frontend } from './frontend';
import { lean } from './lean';

/** Every way of making a graph, the most faithful first: programs, then sources, then what weights alone tell. */
export const frontends: readonly Frontend[] = [lean];
