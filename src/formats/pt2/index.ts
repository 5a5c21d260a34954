import type { Value } from '../../core/checkpoint';
import { AppError } from '../../core/problem';
import { describeCheckpoint } from '../checkpoint/describe';
import { createReport, type Report } from '../checkpoint/report';
import type { Format } from '../format';
import { asKind, dictionary } from '../pickle/values';
import { readArchived, readEntry } from '../pytorch/archive';
import { readZip, type ZipEntry } from '../zip';
import { summarizeGraph } from './graph';
import { readWeights } from './weights';

/**
 * What `torch.export.save` writes: a graph as JSON, and weights. The older archive keeps three files beside each
 * other, the newer one (torch 2.8 on) has folders for models and their data.
 * @see https://docs.pytorch.org/docs/stable/export/pt2_archive.html
 */
export const pt2: Format = {
  id: 'torch-export',
  label: 'torch.export program',
  extensions: ['.pt2'],
  spec: 'https://docs.pytorch.org/docs/stable/export/pt2_archive.html',
  sniff: async (probe) => (await probe.names()).some((name) => OLD_GRAPH.test(name) || NEW_GRAPH.test(name)),
  async read(file, { name }) {
    const entries = new Map((await readZip(file, name)).map((entry) => [entry.name, entry]));
    const report = createReport();
    const path = [...entries.keys()].find((one) => OLD_GRAPH.test(one) || NEW_GRAPH.test(one));
    const graph = path === undefined ? undefined : entries.get(path);
    if (!graph)
      throw new AppError('file_damaged', { file: name, place: 'the archive', reason: 'it has no graph' });
    const text = new TextDecoder().decode(await readEntry(graph, name));
    report.sources.push({ name: graph.name, text });
    const summary = summarizeGraph(text, graph.name, name);
    const nested = (entry: ZipEntry | undefined) => readNested(entry, name, report);
    const root = OLD_GRAPH.test(graph.name)
      ? await readNested(beside(entries, 'serialized_state_dict'), name, report)
      : await readWeights(entries, graph.name, name, nested);
    const constants = OLD_GRAPH.test(graph.name)
      ? await readNested(beside(entries, 'serialized_constants'), name, report)
      : await readWeights(entries, graph.name, name, nested, 'constants');
    const kept = new Map<string, Value>([['graph', summary]]);
    if (asKind(constants, 'dict')?.entries.size) kept.set('constants', constants);
    const found = {
      file: name,
      bytes: file.size,
      format: 'torch-export',
      root,
      report,
      layout: 'program',
      entries: kept,
    } as const;
    return { kind: 'checkpoint', checkpoint: describeCheckpoint(found) };
  },
};

const OLD_GRAPH = /(^|\/)serialized_exported_program\.json$/;
const NEW_GRAPH = /(^|\/)models\/[^/]+\.json$/;

function beside(entries: ReadonlyMap<string, ZipEntry>, stem: string): ZipEntry | undefined {
  return [...entries.values()].find(({ name }) => new RegExp(`(^|/)${stem}\\.(json|pt)$`).test(name));
}

/** A checkpoint of `torch.save` inside the archive. */
async function readNested(entry: ZipEntry | undefined, file: string, report: Report): Promise<Value> {
  if (!entry || entry.bytes === 0) return dictionary('dict');
  const place = `${file}, ${entry.name}`;
  const inside = new Map((await readZip(await entry.read(), place)).map((one) => [one.name, one]));
  const pickle = [...inside.keys()].find((path) => /(^|\/)data\.pkl$/.test(path)) ?? 'data.pkl';
  return readArchived(inside, { pickle, folder: pickle.replace(/data\.pkl$/, 'data/') }, place, report);
}
