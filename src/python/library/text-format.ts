import { formatValue } from '../evaluate/text/format';
import type { Machine } from '../values/machine';
import type { Keywords, Value } from '../values/object';

type Args = readonly (Value | undefined)[];

/** `text.format(*args, **keywords)`. */
export function formatFields(machine: Machine, text: string, args: Args, keywords: Keywords): string {
  return formatWith(machine, text, args, (name) => {
    const value = keywords.get(name);
    if (value === undefined) throw machine.raise(machine.call(machine.type('KeyError'), [name]));
    return value;
  });
}

/** `text.format(…)`: `{}`, `{0}`, `{name}`, with `.attribute`, `[key]`, `!conversion` and `:format`. */
export function formatWith(
  machine: Machine,
  text: string,
  args: Args,
  named: (name: string) => Value,
): string {
  let next = 0;
  const expand = (part: string): string =>
    part.replaceAll(
      FIELD,
      (whole, field?: string, path: string = '', conversion?: string, spec: string = '') => {
        if (whole === '{{' || whole === '}}') return whole.charAt(0);
        if (field === undefined) throw machine.error('ValueError', "Single '}' encountered in format string");
        const first = field === '' ? args[next++] : /^\d+$/.test(field) ? args[Number(field)] : named(field);
        if (first === undefined)
          throw machine.error('IndexError', 'Replacement index out of range for positional args tuple');
        let value = first;
        for (const [, attribute, key = ''] of path.matchAll(/\.(\w+)|\[([^\]]*)\]/g))
          value =
            attribute === undefined
              ? machine.getItem(value, /^\d+$/.test(key) ? BigInt(key) : key)
              : machine.getAttribute(value, attribute);
        const shown =
          conversion === undefined ? value : conversion === 's' ? machine.str(value) : machine.repr(value);
        return formatValue(machine, shown, spec.includes('{') ? expand(spec) : spec);
      },
    );
  const result = expand(text);
  machine.allocate(result.length >> 3);
  return result;
}

const FIELD = /\{\{|\}\}|\{(\w*)((?:\.\w+|\[[^\]]*\])*)(?:!([sra]))?(?::((?:[^{}]|\{[^{}]*\})*))?\}|[{}]/g;
