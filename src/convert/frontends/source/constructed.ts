import { type Python, type Value } from '../../../python';
import { Gap } from '../../gap';
import type { Request } from '../../request';
import type { Tape } from '../../tape';
import { networkClasses, type NetworkClass } from './classes';
import { settingsOf } from './settings';
import { load, match, tensorsOf, type Match } from './weights';

/** The network of a class whose tensors are those of the checkpoint, holding them. */
export async function constructed(
  python: Python,
  tape: Tape,
  request: Request,
  files: readonly string[],
): Promise<Value> {
  const { checkpoint, answers, read } = request;
  const classes = networkClasses(
    python,
    files.map((file) => file.replace(/\.py$/, '')),
  );
  if (classes.length === 0) throw new Gap('no class of the source is derived from torch.nn.Module');
  const asked = classes.filter(({ type }) => type.name === answers.class);
  const settings = settingsOf(checkpoint, request.files, answers);
  let best: { network: Value; fit: Match; one: NetworkClass } | null = null;
  let why: unknown = null;
  for (const one of asked.length > 0 ? asked : classes) {
    const keywords = new Map<string, Value>();
    for (const { name, kind } of one.parameters) {
      const setting = settings.find((each) => each.name === name);
      if (kind === 'plain' && setting) keywords.set(name, setting.value);
    }
    try {
      const network = python.run((machine) => machine.call(one.type, [], keywords));
      const fit = match(
        python.run((machine) => tensorsOf(machine, network)),
        checkpoint.tensors,
      );
      if (best === null || fit.pairs.length > best.fit.pairs.length) best = { network, fit, one };
    } catch (thrown) {
      why ??= thrown;
    }
  }
  if (best === null) throw why;
  const { fit } = best;
  const wrong = [
    ...(fit.missing.length > 0 ? [`missing keys: ${fit.missing.join(', ')}`] : []),
    ...(fit.unexpected.length > 0 ? [`unexpected keys: ${fit.unexpected.join(', ')}`] : []),
    ...fit.misfits,
  ];
  if (wrong.length > 0) throw new Gap(`${best.one.type.name} does not fit: ${wrong.join('; ')}`);
  await load(tape, fit, read);
  return best.network;
}
