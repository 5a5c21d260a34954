import { formatCount } from '../format';
import { entry } from './entry';

/** Problems on the way from a checkpoint to a model. */
export const conversion = {
  convert_unknown: entry<{ file: string; tried: readonly { label: string; why: string }[] }>({
    title: 'No way to make a model of this file',
    text: ({ file, tried }) =>
      `${file} holds weights, but not how they are used. ${tried.map(({ label, why }) => `${label}: ${why}.`).join(' ')}`,
    todo: 'Add the .py file that defines the model, or export a TorchScript program or a torch.export archive.',
  }),
  convert_gaps: entry<{
    file: string;
    gaps: readonly { operator: string; reason: string; file: string; line: number | null; module: string }[];
  }>({
    title: 'Parts of this program cannot be expressed as ONNX yet',
    text: ({ file, gaps }) => {
      const what = [...new Set(gaps.map(({ operator, reason }) => operator || reason))];
      return `${file} stops at ${gaps.length === 1 ? 'one place' : `${formatCount(gaps.length)} places`}: ${what.join(', ')}.`;
    },
    todo: 'Each place is listed with its file and line. Change the program there, or report the operators.',
  }),
  convert_unanswered: entry<{
    file: string;
    needed: readonly { id: string; label: string; kind: string; why: string; choices: readonly string[] }[];
  }>({
    title: 'Something has to be told first',
    text: ({ file, needed }) =>
      `${file} does not say: ${needed.map(({ label, why, choices }) => `${label} (${why}${listed(choices)})`).join('; ')}.`,
    todo: ({ needed }) =>
      `In a shell: ${needed.map(({ id, kind }) => flagFor(id, kind)).join(' ')}. On the page: fill in the fields.`,
  }),
  convert_unsound: entry<{ file: string; findings: readonly string[] }>({
    title: 'The converted graph contradicts itself',
    text: ({ file, findings }) => `${file}: ${findings.join(' ')}`,
    todo: 'This is our mistake, not yours. Copy the details and report them with the file, if you may share it.',
  }),
};

/** Choices of a question in a sentence; a long list is cut. */
function listed(choices: readonly string[]): string {
  if (choices.length === 0) return '';
  const more = choices.length > 6 ? `, or ${formatCount(choices.length - 6)} others` : '';
  return `: ${choices
    .slice(0, 6)
    .map((choice) => `“${choice}”`)
    .join(', ')}${more}`;
}

/** How the answer to a question of a conversion is given in a shell. */
function flagFor(id: string, kind: string): string {
  if (id === 'class') return '--class NAME';
  return kind === 'shape'
    ? `--input '${id.replace('input.', '')}=float32[batch,3,224,224]'`
    : `--arg ${id}=VALUE`;
}
