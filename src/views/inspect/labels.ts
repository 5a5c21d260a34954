/** Keys under which exporters keep the names of classes. */
const KEYS = ['names', 'labels', 'classes', 'class_names', 'id2label'];

/**
 * The names of a model's classes from its metadata, by index: a JSON list or object, or the dictionary that
 * Ultralytics writes as Python text, or names between commas; `null` where there are none.
 */
export function labelsOf(metadata: Readonly<Record<string, string>>): string[] | null {
  for (const [key, value] of Object.entries(metadata)) {
    if (!KEYS.includes(key.toLowerCase())) continue;
    const names = fromJson(value) ?? fromPython(value) ?? fromList(value);
    if (names && names.length > 0) return names;
  }
  return null;
}

function fromJson(text: string): string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.map(String);
    if (typeof value === 'object' && value !== null) return byIndex(Object.entries(value));
    return null;
  } catch {
    return null;
  }
}

/** `{0: 'person', 1: 'it\'s'}`, matched and never evaluated. */
function fromPython(text: string): string[] | null {
  const entries = [...text.matchAll(/(\d+)\s*:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)];
  return entries.length > 0
    ? byIndex(
        entries.map(([, index, single, double]) => [
          index ?? '',
          (single ?? double ?? '').replace(/\\(.)/g, '$1'),
        ]),
      )
    : null;
}

/** Names between commas; one alone is a description and no list. */
function fromList(text: string): string[] | null {
  const names = text.split(',').map((name) => name.trim());
  return names.length > 1 && names.every((name) => name !== '' && name.length < 60) ? names : null;
}

function byIndex(entries: readonly (readonly [string, unknown])[]): string[] {
  const names: string[] = [];
  for (const [index, name] of entries) {
    if (/^\d{1,6}$/.test(index)) names[Number(index)] = String(name);
  }
  return Array.from(names as (string | undefined)[], (name) => name ?? '');
}
