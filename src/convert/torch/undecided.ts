import { Foreign, type Machine, type Value } from '../../python';

/** What a name is after a branch or a loop that does not give it one kind of value: it cannot be used. */
export class Undecided extends Foreign {
  readonly typeName: string;

  constructor(name: string) {
    super();
    this.typeName = `${name}, which is not the same kind of value on every way here,`;
  }

  override truth(machine: Machine): boolean {
    throw this.#used(machine);
  }

  override compare(machine: Machine): Value {
    throw this.#used(machine);
  }

  override beforeIdentity(machine: Machine): void {
    throw this.#used(machine);
  }

  #used(machine: Machine): Error {
    return machine.unknown(`${this.typeName} decides something`);
  }
}
