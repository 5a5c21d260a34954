/** A model as a runtime takes it: a graph, and weights kept outside it when they are large. */
export interface RunnableModel {
  /** For sentences: the file name or title. */
  name: string;
  graph: Blob;
  external: readonly { location: string; data: Blob }[];
}

/** Names of nodes and values that one backend needs, and the model does not have, begin so: nobody is shown them. */
export const HELPER = 'inkling:';
