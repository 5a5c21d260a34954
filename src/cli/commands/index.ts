import type { Command } from '../command';
import { compress } from './compress';
import { convert } from './convert';
import { diff } from './diff';
import { evaluate } from './evaluate';
import { inspect } from './inspect';
import { run } from './run';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [inspect, convert, run, compress, evaluate, diff];
