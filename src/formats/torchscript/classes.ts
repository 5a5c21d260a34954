import type { SourceText } from '../../core/checkpoint';
import type { ScriptClass } from '../checkpoint/modules';

/** The classes in the code of a TorchScript program, by full name: `__torch__.net.Net`. */
export function parseClasses(sources: readonly SourceText[]): Map<string, ScriptClass> {
  const classes = new Map<string, ScriptClass>();
  for (const { name, text } of sources) {
    const module = name.replace(/\.py$/, '').replaceAll('/', '.');
    const parts = text.split(/^class (\w+)\([\w., ]*\):/m);
    for (let at = 1; at + 1 < parts.length; at += 2) {
      const body = parts[at + 1] ?? '';
      classes.set(`${module}.${parts[at] ?? ''}`, {
        parameters: names(body, '__parameters__'),
        buffers: names(body, '__buffers__'),
        methods: [...body.matchAll(/^ {2}def (\w+\([^)]*\)(?: -> [^:\n]+)?)/gm)].map(([, head = '']) =>
          head.replace(/self: \S+?([,)])/, 'self$1').replace(/\s+/g, ' '),
        ),
      });
    }
  }
  return classes;
}

function names(body: string, list: string): Set<string> {
  const items = new RegExp(`^ {2}${list} = \\[([^\\]]*)\\]`, 'm').exec(body)?.[1] ?? '';
  return new Set([...items.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name));
}
