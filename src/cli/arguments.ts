/** A flag a command takes: `value` names what follows it, absent for switches. */
export interface Flag {
  name: string;
  short?: string;
  value?: string;
  says: string;
  repeats?: boolean;
  required?: boolean;
}

/** What stood on the command line, checked against the flags of a command. */
export interface Arguments {
  /** What is no flag. */
  rest: readonly string[];
  has(flag: string): boolean;
  /** The last value given; throws `UsageError` without one. */
  value(flag: string): string;
  values(flag: string): readonly string[];
}

/** Wrong usage: exit status 2 and a look at the help. */
export class UsageError extends Error {}

/** Parses `--flag value`, `--flag=value`, `-o value` and switches; throws `UsageError` for anything else. */
export function parseArguments(argv: readonly string[], flags: readonly Flag[]): Arguments {
  const given = new Map<string, string[]>();
  const rest: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') {
      rest.push(...argv.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      continue;
    }
    const [name = '', ...after] = word.split('=');
    const flag = flags.find((one) => `--${one.name}` === name || `-${one.short ?? ''}` === name);
    if (flag === undefined) throw new UsageError(`There is no option ${name}.`);
    const inline = after.length > 0 ? after.join('=') : undefined;
    if (flag.value === undefined && inline !== undefined) throw new UsageError(`${name} takes no value.`);
    const value = flag.value === undefined ? '' : (inline ?? argv[++at]);
    if (value === undefined) throw new UsageError(`${name} needs a value: ${flag.value ?? ''}.`);
    const values = given.get(flag.name) ?? [];
    if (values.length > 0 && flag.repeats !== true) throw new UsageError(`${name} is given twice.`);
    given.set(flag.name, [...values, value]);
  }
  const missing = flags.find(({ name, required }) => required === true && !given.has(name));
  if (missing) throw new UsageError(`--${missing.name} is missing.`);
  return {
    rest,
    has: (flag) => given.has(flag),
    values: (flag) => given.get(flag) ?? [],
    value(flag) {
      const value = given.get(flag)?.at(-1);
      if (value === undefined) throw new UsageError(`--${flag} is missing.`);
      return value;
    },
  };
}

/** The one file a command works on; throws `UsageError` for none or several. */
export function oneFile({ rest }: Arguments): string {
  const [file, more] = rest;
  if (file === undefined) throw new UsageError('Which model? Name a file.');
  if (more !== undefined) throw new UsageError(`One model at a time: ${more} is one too many.`);
  return file;
}
