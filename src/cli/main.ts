import { describe } from '../core/describe';
import { toProblem } from '../core/problem';
import { parseArguments, UsageError, type Arguments } from './arguments';
import { commands } from './commands';
import { usage, usageOf } from './usage';

/**
 * Runs one command; results go to standard output, everything else to standard error. Gives the exit status:
 * 0 done, 1 refused or failed, 2 wrong usage.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? process.stderr : process.stdout).write(`${usage()}\n`);
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    process.stderr.write(`There is no command ${name}.\n\n${usage()}\n`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(`${usageOf(command)}\n`);
    return 0;
  }
  let args: Arguments | null = null;
  try {
    args = parseArguments(rest, command.flags);
    await command.run(args);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${usageOf(command)}\n`);
      return 2;
    }
    report(error, args?.has('json') === true || args?.has('jsonl') === true);
    return 1;
  }
}

function report(error: unknown, asJson: boolean): void {
  const problem = toProblem(error);
  const { code, title, text, todo } = describe(problem);
  if (asJson)
    process.stdout.write(`${JSON.stringify({ problem: { code, title, text, detail: problem.detail } })}\n`);
  else process.stderr.write(`${title}\n  ${text}\n  ${todo}\n`);
}
