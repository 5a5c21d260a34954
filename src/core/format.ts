/** Numbers as people read them: one way each, the same number of digits everywhere. */

const NARROW_SPACE = '\u202f';

/** Bytes in decimal units with three significant digits: `145 kB`, `26.8 MB`; below 1 kB `812 B`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${units[unit] ?? 'B'}`;
}

/** A whole number with thin spaces between thousands: `35 834`. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, NARROW_SPACE);
}

/** A share of one as a percentage: `98.6 %`. */
export function formatPercent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** Milliseconds with two digits below 10 and one below 100: `0.14 ms`, `23.6 ms`, `1 693 ms`. */
export function formatMs(ms: number): string {
  const digits = ms < 9.995 ? 2 : ms < 99.95 ? 1 : 0;
  return `${digits === 0 ? formatCount(ms) : ms.toFixed(digits)} ms`;
}

/** Any number with five significant digits, very large and very small ones with a power of ten; `–` for none. */
export function formatNumber(value: number | null): string {
  if (value === null) return '–';
  const size = Math.abs(value);
  const text =
    size !== 0 && Number.isFinite(value) && (size >= 1e6 || size < 1e-4)
      ? value.toExponential(3)
      : String(Number(value.toPrecision(5)));
  return text.replaceAll('-', '−');
}

/** A date as `21 Nov 2026`, from anything `Date` reads. */
export function formatDate(date: string | number): string {
  return new Date(date).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}
