import { createJob } from '../../src/core/job';
import { encodeOnnx } from '../../src/formats/onnx';
import { buildModel } from '../../src/ir/build';
import { tensorOf } from '../../src/ir/data';
import { schemes } from '../../src/passes/quantize';
import { round, type Figure } from './figure';

const SIDE = 2048;
const LAYERS = 6;
const BARS: Record<string, number> = { fp16: 150, int8: 150 };

/** Megabytes of float32 weights stored in fewer bits a second, in Node. */
export async function* compress(): AsyncGenerator<Figure> {
  const weights = Float32Array.from({ length: SIDE * SIDE }, (_, i) => Math.sin(i * 12.9898) * 0.1);
  const model = buildModel((tape) => {
    let value = tape.input('x', 'float32', ['batch', SIDE]);
    for (let i = 0; i < LAYERS; i += 1) {
      value = tape.node('MatMul', [
        value,
        tape.constant(tensorOf(`w${i}`, 'float32', [SIDE, SIDE], weights)),
      ]);
    }
    tape.output(value, 'float32', ['batch', SIDE]);
  });
  const megabytes = (LAYERS * SIDE * SIDE * 4) / 1e6;
  for (const scheme of schemes) {
    const start = performance.now();
    await encodeOnnx(await scheme.apply(model, {}, null, createJob()));
    const speed = megabytes / ((performance.now() - start) / 1000);
    const bar = BARS[scheme.id];
    yield {
      ...{ name: `compress to ${scheme.id}`, value: round(speed, 0), unit: 'MB of float32 a second' },
      ...(bar === undefined ? {} : { bar: `at least ${bar}`, holds: speed >= bar }),
    };
  }
}
