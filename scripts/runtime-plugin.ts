import type { Plugin } from 'vite';
import { plainBinary } from './wasm/plain-binary.ts';

/** The build that WebKit gets, and every browser without a graphics adapter. */
const PLAIN = 'ort-wasm-simd-threaded.wasm';

/** Puts ONNX Runtime's plain binary into the build with its moves narrowed, and leaves out the one it was made of. */
export function narrowRuntime(): Plugin {
  return {
    name: 'inkling-runtime',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(`/${PLAIN}?url`)) return null;
      const file = this.emitFile({ type: 'asset', name: PLAIN, source: await plainBinary() });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        // ONNX Runtime's own script names it, for pages that do not say where their binary is.
        for (const [name, item] of Object.entries(bundle)) {
          const isOriginal =
            item.type === 'asset' && item.originalFileNames.some((file) => file.endsWith(`/${PLAIN}`));
          if (isOriginal) Reflect.deleteProperty(bundle, name);
        }
      },
    },
  };
}
