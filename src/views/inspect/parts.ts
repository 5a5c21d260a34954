import type { Component } from 'svelte';
import type { Inspection } from '../../state/inspection.svelte';
import Overview from './Overview.svelte';

/** What every part of the Inspect screen is given. */
export interface PartProps {
  inspection: Inspection;
  /** The record of the model, once it is kept. */
  record: Inspection['record'];
  /** Goes to another part. */
  onpart: (id: PartId) => void;
}

export type PartId = 'overview' | 'sources' | 'graph' | 'tensors' | 'run' | 'compare' | 'edit';

interface Part {
  id: PartId;
  label: string;
  load: () => Promise<{ default: Component<PartProps> }> | { default: Component<PartProps> };
}

/** The parts shown of a checkpoint. */
export const checkpointParts: readonly Part[] = [
  { id: 'overview', label: 'Overview', load: () => import('./CheckpointOverview.svelte') },
  { id: 'tensors', label: 'Tensors', load: () => import('./Tensors.svelte') },
  { id: 'sources', label: 'Sources', load: () => import('./Sources.svelte') },
];

/** The parts of the Inspect screen in the order of their tabs; all but the first are loaded when asked for. */
export const parts: readonly Part[] = [
  { id: 'overview', label: 'Overview', load: () => ({ default: Overview }) },
  { id: 'graph', label: 'Graph', load: () => import('./Graph.svelte') },
  { id: 'tensors', label: 'Tensors', load: () => import('./Tensors.svelte') },
  { id: 'run', label: 'Run', load: () => import('./Run.svelte') },
  { id: 'compare', label: 'Compare', load: () => import('./Compare.svelte') },
  { id: 'edit', label: 'Edit', load: () => import('./Edit.svelte') },
];
