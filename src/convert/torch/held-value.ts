import { Foreign } from '../../python';

/** A value that operators take as it is, and that is no tensor: packed weights. */
export abstract class HeldValue extends Foreign {
  abstract readonly held: object;
}
