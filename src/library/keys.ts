/** How entries of the one store are named. */

export function recordKey(id: string): string {
  return `record:${id}`;
}

export function bytesKey(key: string): string {
  return `bytes:${key}`;
}

/** The key of a file of weights that lies beside a model. */
export function externalKey(id: string, location: string): string {
  return `${id}/${location}`;
}
