import type { Flag } from './arguments';
import type { Command } from './command';
import { commands } from './commands';

/** What the tool can do, a line a command. */
export function usage(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'inkling: read, run, shrink and judge ONNX models from a shell. Nothing is uploaded or downloaded.',
    '',
    ...commands.map(({ name, says }) => `  ${name.padEnd(width)}  ${says}`),
    '',
    'Each takes --help and --json. Exit status: 0 done, 1 refused or failed, 2 wrong usage.',
  ].join('\n');
}

/** How one command is used. */
export function usageOf({ name, takes, says, flags }: Command): string {
  const lines = flags.map((flag): [string, string] => [signature(flag), flag.says]);
  const width = Math.max(...lines.map(([left]) => left.length));
  return [
    `inkling ${name} ${takes}`,
    says,
    '',
    ...lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
  ].join('\n');
}

function signature({ name, short, value, repeats }: Flag): string {
  const long = `--${name}${value === undefined ? '' : ` ${value}`}${repeats === true ? ' …' : ''}`;
  return short === undefined ? long : `-${short}, ${long}`;
}
