import type { ClassDefinition, Place } from '../../syntax';
import type { Value } from '../../values/object';
import { PyClass } from '../../values/object';
import { Frame, type ClassScope } from '../frame';
import { argumentsOf, keywordsOf } from './calls';
import type { Compiler, Evaluate } from './compiler';
import { docOf } from './functions';
import { boundIn, Scope } from './scope';

/** `class name(bases): body` without its decorators: the body runs once, with names of its own. */
export function classDefinition(compiler: Compiler, node: ClassDefinition & Place, scope: Scope): Evaluate {
  const { runtime } = compiler;
  const path = scope.kind === 'module' ? node.name : `${scope.path}.${node.name}`;
  const inner = new Scope('class', scope, path, [], boundIn(node.body));
  const body = compiler.block(node.body, inner, null);
  const bases = argumentsOf(compiler, node.bases, scope);
  const keywords = keywordsOf(compiler, node.keywords, scope);
  return (frame) => {
    const [above, named] = [bases(frame), keywords(frame)];
    const names = new Map<string, Value>([
      ['__module__', compiler.code.module],
      ['__qualname__', path],
      ['__doc__', docOf(node.body)],
    ]);
    const around: ClassScope = { type: null };
    body(new Frame(frame.code, frame, 0, names, around));
    runtime.at = node;
    const made = runtime.makeClass(node.name, above, names, named);
    if (made instanceof PyClass) around.type = made;
    return made;
  };
}
