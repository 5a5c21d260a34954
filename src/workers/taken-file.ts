/** A file as dropped: its name and its bytes by reference. */
export interface TakenFile {
  name: string;
  blob: Blob;
}
