import type { Dim } from './shape';

/** One small change to a model; several are applied in order. */
export type Edit =
  | { kind: 'rename model'; name: string }
  | { kind: 'rename port'; from: string; to: string }
  /** A named dimension everywhere: another name, or a size. */
  | { kind: 'set dimension'; name: string; to: Dim }
  /** One dimension of one input or output. */
  | { kind: 'set axis'; port: string; axis: number; to: Dim }
  | { kind: 'set metadata'; key: string; value: string | null }
  | { kind: 'set document'; text: string }
  | { kind: 'drop output'; name: string }
  | { kind: 'set producer'; name: string; version: string }
  /** Declares another version of a domain without rewriting nodes. */
  | { kind: 'set opset'; domain: string; version: number }
  | { kind: 'remove training' };
