import type { Dtype } from '../../core/dtype';
import type { Scalar } from '../tape/recorder';
import type { Size } from '../tape/size';
import type { Tensor } from '../tape/tensor';

/** The arguments of a schema by their names, in the types that `schema.ts` binds them to. */
export type ArgumentsOf<Schema extends string> = Schema extends `${string}(${infer Rest}`
  ? Rest extends `${infer List}) -> ${string}`
    ? Fields<List>
    : never
  : never;

type Fields<List extends string> = List extends `${infer One}, ${infer More}`
  ? Field<One> & Fields<More>
  : Field<List>;

type Field<One extends string> = One extends `Tensor(a -> *) ${infer Name}`
  ? { readonly [Key in Name]: Tensor }
  : One extends `${infer Type} ${infer Rest}`
    ? { readonly [Name in Rest extends `${infer Before}=${string}` ? Before : Rest]: Plain<Type> }
    : unknown;

type Plain<Type extends string> = Type extends `${infer Of}?`
  ? Plain<Of> | null
  : Type extends `${infer Of}[${string}]`
    ? readonly Plain<Of>[]
    : Type extends `${infer Of}(${string})`
      ? Plain<Of>
      : Type extends keyof Words
        ? Words[Type]
        : unknown;

interface Words {
  Tensor: Tensor;
  int: number;
  SymInt: Size;
  Scalar: Scalar;
  float: number;
  bool: boolean;
  str: string;
  ScalarType: Dtype;
}
