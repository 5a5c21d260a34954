import type { TakenFile } from './taken-file';

/** Files by their paths from the folder of `model`; those that cannot be told apart are left out. */
export function filesAround(model: TakenFile, files: readonly TakenFile[]): Map<string, Blob> {
  const folder = (model.path ?? '').replace(/[^/]*$/, '');
  const around = new Map<string, Blob>();
  const twice = new Set<string>();
  for (const { name, path = folder + name, blob } of files) {
    const place = path.startsWith(folder) ? path.slice(folder.length) : `../${path}`;
    if (around.has(place)) twice.add(place);
    around.set(place, blob);
  }
  for (const place of twice) around.delete(place);
  return around;
}

/**
 * The files that a model's locations name, by location as written. A location is a path from the model's folder; its
 * last part alone counts only where one file and one location have it, as when weights were dropped without their
 * folder. What is not here, or may be either of two, is left out.
 */
export function locate(files: ReadonlyMap<string, Blob>, locations: Iterable<string>): Map<string, Blob> {
  const wanted = [...new Set(locations)];
  const whole = (path: string) => placeOf(path) ?? path;
  const places = new Map(Array.from(files, ([path, blob]) => [whole(path), blob]));
  const lying = byName(places.keys());
  const asked = byName(new Set(wanted.map(whole)));
  const found = new Map<string, Blob>();
  for (const location of wanted) {
    const name = baseName(location);
    const [only, ...others] = lying.get(name) ?? [];
    const isOnly = others.length === 0 && asked.get(name)?.length === 1;
    const place = placeOf(location);
    const blob =
      (place && places.get(place)) ?? (isOnly && only !== undefined ? places.get(only) : undefined);
    if (blob) found.set(location, blob);
  }
  return found;
}

function byName(paths: Iterable<string>): Map<string, string[]> {
  const named = new Map<string, string[]>();
  for (const path of paths) {
    const same = named.get(baseName(path));
    if (same) same.push(path);
    else named.set(baseName(path), [path]);
  }
  return named;
}

/** What a location is kept under: its path from the model's folder, or its last part where it leads out of that. */
export function keyOf(location: string): string {
  return placeOf(location) ?? baseName(location);
}

/** A path from a folder without detours, whichever slashes it has; `null` where it leads out of the folder. */
export function placeOf(path: string): string | null {
  if (/^([\\/]|[a-z]:)/i.test(path)) return null;
  const parts: string[] = [];
  for (const part of path.split(/[\\/]/)) {
    if (part === '..' && parts.pop() === undefined) return null;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.length > 0 ? parts.join('/') : null;
}

/** The last part of a path, whichever slashes it has. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
