/** A model as a runtime takes it: a graph, and weights kept outside it when they are large. */
export interface RunnableModel {
  /** For sentences: the file name or title. */
  name: string;
  graph: Blob;
  external: readonly { location: string; data: Blob }[];
}
