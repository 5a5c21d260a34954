import { conversion } from './problems/conversion';
import { files } from './problems/files';
import { models } from './problems/models';
import { sources } from './problems/sources';
import { surroundings } from './problems/surroundings';

/** Every problem a person can meet: code → words, and the detail those words need. A family is the prefix of its codes. */
export const problems = { ...files, ...models, ...conversion, ...sources, ...surroundings };

export type Code = keyof typeof problems;
export type Detail<C extends Code> = Parameters<(typeof problems)[C]['text']>[0];
