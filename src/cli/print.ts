/** Rows of words in aligned columns, numbers to the right; two spaces between columns. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => String(row[at] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => {
          const width = widths[at] ?? 0;
          return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Prints one JSON value, or text for people. */
export function print(args: { has(flag: string): boolean }, value: unknown, text: () => string): void {
  process.stdout.write(`${args.has('json') ? JSON.stringify(value) : text()}\n`);
}

/** The switch every command has. */
export const json = { name: 'json', says: 'one JSON value on standard output and nothing else' };

/** Lines moved to the right. */
export function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
