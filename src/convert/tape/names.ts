/** Names that are all different, made readable by where in the program they arise. */
export class Names {
  readonly #taken = new Set<string>();
  readonly #next = new Map<string, number>();
  readonly #scopes: string[] = [];

  /** Names made while `body` runs begin with `scope`, behind those of the scopes around it. */
  within<T>(scope: string, body: () => T): T {
    this.#scopes.push(scope);
    try {
      return body();
    } finally {
      this.#scopes.pop();
    }
  }

  /** `encoder.layers.0/MatMul`, with a number where that is taken. */
  scoped(name: string): string {
    return this.unique(this.#scopes.length > 0 ? `${this.#scopes.join('.')}/${name}` : name);
  }

  /** The name itself where it is free, else with the first number that is. */
  unique(name: string): string {
    let free = name;
    let next = this.#next.get(name) ?? 1;
    for (; this.#taken.has(free); next++) free = `${name}_${next}`;
    this.#next.set(name, next);
    this.#taken.add(free);
    return free;
  }
}
