import type { Arguments, Flag } from './arguments';

/** Something the tool does. Results go to standard output; what it throws becomes the exit status. */
export interface Command {
  name: string;
  /** The words after its name. */
  takes: string;
  says: string;
  flags: readonly Flag[];
  run(args: Arguments): Promise<void>;
}
