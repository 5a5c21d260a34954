import { Instance, type Machine, type Value } from '../../python';
import { Gap } from '../gap';

/** What was thrown; a `Gap` with where the program is. */
export function placed(machine: Machine, paths: ReadonlyMap<Value, string>, thrown: unknown): unknown {
  if (!(thrown instanceof Gap) || thrown.place !== null) return thrown;
  const { file, line } = machine.place();
  return new Gap(thrown.reason, thrown.operator, { file, line, module: moduleAt(machine, paths) });
}

/** The path of the module whose method is running; empty outside of all. */
export function moduleAt(machine: Machine, paths: ReadonlyMap<Value, string>): string {
  for (const self of machine.receivers()) {
    const path = paths.get(self) ?? ownPath(self);
    if (path !== undefined) return path;
  }
  return '';
}

/** Where a module of `torch.nn` stands, as its `_name` tells it. */
export function ownPath(module: Value): string | undefined {
  const path = module instanceof Instance ? module.attributes?.get('_path') : undefined;
  return typeof path === 'string' && path !== '' ? path : undefined;
}
