import { PyTuple } from '../../values/containers';
import { PyDict } from '../../values/dict';
import type { Machine } from '../../values/machine';
import type { Value } from '../../values/object';
import { numeric } from '../operators/numbers';
import { formatValue } from './format';

/** `text % values`. @see https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting */
export function percentFormat(machine: Machine, text: string, values: Value): Value {
  const list = values instanceof PyTuple ? values.items : [values];
  let at = 0;
  const next = () => {
    const value = list[at];
    if (value === undefined) throw machine.error('TypeError', 'not enough arguments for format string');
    at += 1;
    return value;
  };
  const usesNames = text.includes('%(');
  const result = text.replaceAll(
    FIELD,
    (whole, name?: string, flags: string = '', width: string = '', precision?: string, type: string = '') => {
      machine.spend(5);
      if (type === '%') return '%';
      if (type === '') throw machine.error('ValueError', `unsupported format character in '${whole}'`);
      const wide = width === '*' ? String(machine.index(next())) : width;
      const places = precision === '*' ? String(machine.index(next())) : precision;
      const value = name === undefined ? next() : named(machine, values, name);
      return field(machine, value, { flags, width: wide, places, type });
    },
  );
  if (!usesNames && at < list.length && !(values instanceof PyDict))
    throw machine.error('TypeError', 'not all arguments converted during string formatting');
  machine.allocate(result.length >> 3);
  return result;
}

const FIELD = /%(?:\(([^)]*)\))?([-+ #0]*)(\d+|\*)?(?:\.(\d+|\*))?[lhL]?([%a-zA-Z])?/g;

function named(machine: Machine, values: Value, name: string): Value {
  if (!(values instanceof PyDict)) throw machine.error('TypeError', 'format requires a mapping');
  return machine.getItem(values, name);
}

interface Field {
  flags: string;
  width: string;
  places: string | undefined;
  type: string;
}

/** A field of the old kind, written in the new one. */
function field(machine: Machine, value: Value, { flags, width, places, type }: Field): string {
  const align = flags.includes('-') ? '<' : '>';
  const precision = places === undefined ? '' : `.${places}`;
  if (type === 's' || type === 'r' || type === 'a') {
    const text = type === 's' ? machine.str(value) : machine.repr(value);
    return formatValue(machine, text, `${align}${width}${precision}`);
  }
  const number = numeric(value);
  if (type === 'c' && typeof value === 'string') return formatValue(machine, value, `${align}${width}`);
  if (number === undefined) {
    const article = /[diouxX]/.test(type)
      ? `%${type} format: a real number is required`
      : 'must be real number';
    throw machine.error('TypeError', `${article}, not ${machine.typeOf(value).name}`);
  }
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const zero = flags.includes('0') && align === '>' ? '0' : '';
  const shape = `${zero ? '' : align}${sign}${flags.includes('#') ? '#' : ''}${zero}${width}`;
  if (/[diu]/.test(type)) {
    const whole = typeof number === 'bigint' ? number : BigInt(Math.trunc(number));
    return formatValue(machine, whole, `${shape}d`);
  }
  return formatValue(machine, number, `${shape}${/[oxXc]/.test(type) ? '' : precision}${type}`);
}
