import type { Component } from 'svelte';
import type { Screen } from '../state/route.svelte';
import DrawView from './draw/DrawView.svelte';

interface View {
  screen: Screen;
  label: string;
  load: () => Promise<{ default: Component }> | { default: Component };
}

/** The screens in the order of their tabs, the order of a visit. The first comes with the page, the others when asked for. */
export const views: readonly View[] = [
  { screen: 'draw', label: 'Draw', load: () => ({ default: DrawView }) },
  { screen: 'library', label: 'Library', load: () => import('./library/LibraryView.svelte') },
  { screen: 'inspect', label: 'Inspect', load: () => import('./inspect/InspectView.svelte') },
  { screen: 'convert', label: 'Convert', load: () => import('./convert/ConvertView.svelte') },
];
