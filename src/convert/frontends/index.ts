import type { Frontend } from './frontend';
import { lean } from './lean';
import { plain } from './plain';
import { torchscript } from './torchscript';
import { architecture } from './architecture';
import { source } from './source';
import { pt2 } from './pt2';

/** Every way of making a graph, the most faithful first: programs, then sources, then what weights alone tell. */
export const frontends: readonly Frontend[] = [torchscript, pt2, source, architecture, plain, lean];
