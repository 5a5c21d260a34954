import { MediaQuery } from 'svelte/reactivity';

/** Whether the page is dark; read by whatever paints with computed colours. */
export const scheme = new MediaQuery('prefers-color-scheme: dark');
