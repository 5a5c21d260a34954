import { fieldOf } from '../../../core/json';
import type { FoundGap } from '../../report';

/** Where a node of an exported program comes from: the module, and the line of its source. */
export function placeOf(node: unknown, archive: string): Pick<FoundGap, 'file' | 'line' | 'module'> {
  const metadata = fieldOf(node, 'metadata');
  const trace = fieldOf(metadata, 'stack_trace');
  const lines = typeof trace === 'string' ? [...trace.matchAll(/File "([^"]+)", line (\d+)/g)] : [];
  const [, path = archive, line] = lines.at(-1) ?? [];
  const file = path.replace(/^.*[\\/]/, '');
  return { file, line: line === undefined ? null : Number(line), module: moduleOf(metadata) };
}

/** `L__self___conv1,conv1,torch.nn.modules.conv.Conv2d`, one behind the other, the innermost last. */
function moduleOf(metadata: unknown): string {
  const stack = fieldOf(metadata, 'nn_module_stack');
  if (typeof stack !== 'string') return '';
  const innermost = stack.split(';').at(-1) ?? '';
  const path = innermost.split(',')[1] ?? '';
  return path.replace(/^L\['self'\]\.?/, '').replace(/@\d+$/, '');
}
