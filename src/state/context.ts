import { createContext } from 'svelte';
import type { TakenFile } from '../core/taken-file';
import type { ModelRecord } from '../library/record';
import type { Conversions } from './conversions.svelte';
import type { Demo } from './demo.svelte';
import type { Digits } from './digits.svelte';
import type { Draw } from './draw.svelte';
import type { Engine } from './engine.svelte';
import type { Ink } from './ink.svelte';
import type { LibraryState } from './library.svelte';
import type { Looking } from './looking.svelte';
import type { Offline } from './offline.svelte';
import type { Problems } from './problems.svelte';
import type { Replay } from './replay.svelte';
import type { Route } from './route.svelte';

/** Everything the screens read and call; composed in `main.ts`, handed down by context. */
export interface App {
  ink: Ink;
  engine: Engine;
  digits: Digits;
  draw: Draw;
  replay: Replay;
  demo: Demo;
  library: LibraryState;
  looking: Looking;
  conversions: Conversions;
  offline: Offline;
  problems: Problems;
  route: Route;
  /** Takes dropped or picked files, on any screen. */
  take(files: readonly TakenFile[]): Promise<void>;
  /** Puts a model on the paper and goes there. */
  put(record: ModelRecord): Promise<void>;
  /** Finds out whether a kept model reads digits, unless that is known; gives its record with the answer. */
  tryOnDigits(record: ModelRecord): Promise<ModelRecord>;
}

export const [getApp, setApp] = createContext<App>();
