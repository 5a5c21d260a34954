import { create } from '@bufbuild/protobuf';
import type { Metadata } from '../../ir/model';
import {
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  type OperatorSetIdProto,
  type StringStringEntryProto,
} from './gen/onnx_pb';
import type { Reading } from './reading';

/** Entries as a map in their order; of a repeated key the last counts. */
export function toMetadata(entries: readonly StringStringEntryProto[]): Metadata {
  return new Map(entries.map(({ key, value }) => [key, value]));
}

/** The entries of a map. */
export function fromMetadata(metadata: Metadata): StringStringEntryProto[] {
  return Array.from(metadata, ([key, value]) => create(StringStringEntryProtoSchema, { key, value }));
}

/** Operator sets as domain → version, `ai.onnx` under `''`. */
export function toOpsets(
  imports: readonly OperatorSetIdProto[],
  reading: Reading,
): ReadonlyMap<string, number> {
  return new Map(
    imports.map(({ domain, version }) => [bareDomain(domain), reading.whole(version, 'an operator set')]),
  );
}

/** The imports of a map. */
export function fromOpsets(opsets: ReadonlyMap<string, number>): OperatorSetIdProto[] {
  return Array.from(opsets, ([domain, version]) =>
    create(OperatorSetIdProtoSchema, { domain, version: BigInt(version) }),
  );
}

/** A domain with ONNX's own written as `''`, one of its two spellings. */
export function bareDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}
