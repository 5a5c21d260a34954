import { AppError } from './problem';

/** JSON of an archive, of which nothing is known yet; throws `file_damaged`. */
export function parseJson(text: string, place: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = `it is no JSON (${error instanceof Error ? error.message : ''})`;
    throw new AppError('file_damaged', { file, place, reason });
  }
}

/** A field of what may be an object. */
export function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** A list under a key, empty where there is none. */
export function listOf(value: unknown, key: string): unknown[] {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? list : [];
}
