/** A file as dropped: its name and its bytes by reference. */
export interface TakenFile {
  name: string;
  blob: Blob;
  /** Where it lay in a dropped folder or archive, its name included. */
  path?: string;
}

/** A file of the system as it is taken here. */
export function takenFile(file: File, path?: string): TakenFile {
  return { name: file.name, blob: file, ...(path === undefined ? {} : { path }) };
}
