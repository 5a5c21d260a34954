import { decodeDrawing, encodeDrawing } from '../ink/share';
import type { Draw } from './draw.svelte';
import type { Ink } from './ink.svelte';
import type { LibraryState } from './library.svelte';
import type { Problems } from './problems.svelte';
import type { Route } from './route.svelte';

/** Browsers allow some 100 changes of the address in 30 s: at most one in this time. */
const BETWEEN_MS = 350;

/**
 * Holds the drawing and the model in the address of the Draw screen, `#draw?ink=…&model=…`, and puts on the paper what
 * an address holds that somebody goes to. The first model of all is not named.
 */
export function keepDrawAddress(parts: {
  ink: Ink;
  draw: Draw;
  library: LibraryState;
  route: Route;
  problems: Problems;
}): void {
  const { ink, draw, library, route, problems } = parts;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keptAt = -Infinity;
  /** The drawing that the address held last. */
  let known: string | null = null;

  const keepInk = () => {
    clearTimeout(timer);
    if (route.screen !== 'draw') return;
    keptAt = performance.now();
    known = ink.isEmpty ? null : encodeDrawing(ink.strokes);
    route.keep('ink', known);
  };
  const keepModel = () => {
    const { record } = draw;
    if (route.screen === 'draw' && record)
      route.keep('model', record.id === library.records[0]?.id ? null : record.id);
  };
  const readInk = () => {
    const given = route.parameter('ink');
    if (given === null) {
      if (!ink.isEmpty) keepInk();
    } else if (given !== known) {
      known = given;
      try {
        ink.replace(decodeDrawing(given));
      } catch (error) {
        problems.show(error);
      }
      clearTimeout(timer);
    }
  };
  const readModel = async () => {
    const given = route.parameter('model');
    const record = given === null ? null : library.find(given);
    if (!record || record.id === draw.record?.id) {
      keepModel();
      return;
    }
    try {
      await draw.show(record);
      await draw.settle();
    } catch (error) {
      problems.show(error);
    }
  };

  readInk();
  ink.onChange(() => {
    clearTimeout(timer);
    if (!ink.isDrawing) timer = setTimeout(keepInk, Math.max(0, keptAt + BETWEEN_MS - performance.now()));
  });
  addEventListener('hashchange', () => {
    if (route.screen !== 'draw') return;
    readInk();
    void readModel();
  });
  $effect.root(() => {
    $effect(keepModel);
  });
}
