import type { Arguments, Flag } from '../arguments';
import { compress } from './compress';
import { evaluate } from './evaluate';
import { inspect } from './inspect';
import { run } from './run';

/** Something the tool does. Results go to standard output; what it throws becomes the exit status. */
export interface Command {
  name: string;
  /** The words after its name. */
  takes: string;
  says: string;
  flags: readonly Flag[];
  run(args: Arguments): Promise<void>;
}

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [inspect, run, compress, evaluate];
