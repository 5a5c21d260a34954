/**
 * Which ONNX Runtime binary this browser gets: exactly one a visit.
 *
 * Each build runs models on WASM; `jspi` and `asyncify` also on WebGPU. `jspi` is the smaller and faster of the
 * two but wants JavaScript Promise Integration, which is good in Chromium only; Apple's WebGPU has crashed after
 * some hundred runs, so WebKit gets the plain build unless the person asks for WebGPU.
 */
import type { AdapterFacts, BuildId, Probe } from './probe-facts';
import { cachedBuild, isToLookAnew, lookAnew } from './binary';

/**
 * The build this visit uses. One that an earlier visit stored is known at once and right offline too; else it
 * depends on the adapter.
 */
export async function chooseBuild(wanted: 'webgpu' | 'wasm' | null): Promise<BuildId> {
  const hasGpu = 'gpu' in navigator;
  if (!hasGpu || (isAppleWebKit() && wanted !== 'webgpu')) return 'wasm';
  const kept = await cachedBuild();
  const isOutgrown = kept === 'wasm' && (wanted === 'webgpu' || (await isToLookAnew()));
  if (kept && !isOutgrown) return kept;
  if (wanted === 'wasm') return 'wasm';
  return buildFor((await probeAdapter()).adapter);
}

/** What the browser offers, and whether WebGPU can be tried in the build of this visit or why not. */
export async function probe(wanted: 'webgpu' | 'wasm' | null, chosen: Promise<BuildId>): Promise<Probe> {
  const [build, { adapter, reason }] = await Promise.all([chosen, probeAdapter()]);
  const because = (webgpu: string) => ({ build, adapter, webgpu });
  if (wanted === 'wasm') return because('The address of this page asks for WASM.');
  if (!adapter) return because(reason);
  if (isAppleWebKit() && wanted !== 'webgpu') {
    return because(
      'WebGPU in this browser has ended pages after some hundred runs, so it is used only when asked for.',
    );
  }
  if (build === 'wasm') {
    await lookAnew();
    return because('WebGPU has appeared since the runtime was stored; it is tried from the next visit on.');
  }
  return { build, adapter, webgpu: null };
}

/** Whether this is a WebKit that is not Chromium: Safari, and every browser on iPads and iPhones. */
export function isAppleWebKit(): boolean {
  return /AppleWebKit/.test(navigator.userAgent) && !/Chrom(e|ium)\//.test(navigator.userAgent);
}

function buildFor(adapter: AdapterFacts | null): BuildId {
  if (!adapter) return 'wasm';
  return hasGoodJspi() ? 'jspi' : 'asyncify';
}

/** JSPI and the exnref exceptions its build uses (type byte 0x69), in an engine where it is fast. */
function hasGoodJspi(): boolean {
  const exnref = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 0x69, 0]);
  return (
    'Suspending' in WebAssembly &&
    'promising' in WebAssembly &&
    WebAssembly.validate(exnref) &&
    /Chrom(e|ium)\//.test(navigator.userAgent)
  );
}

async function probeAdapter(): Promise<
  { adapter: AdapterFacts; reason: '' } | { adapter: null; reason: string }
> {
  const gpu = (navigator as { gpu?: GPU }).gpu;
  if (!gpu) return { adapter: null, reason: 'This browser does not offer WebGPU.' };
  try {
    const adapter = await gpu.requestAdapter();
    if (!adapter) {
      return { adapter: null, reason: 'This browser offers WebGPU but found no graphics adapter for it.' };
    }
    // Safari has left `info` undefined.
    const info = adapter.info as GPUAdapterInfo | undefined;
    return {
      adapter: {
        vendor: info?.vendor ?? '',
        architecture: info?.architecture ?? '',
        description: info?.description ?? '',
        software: info?.isFallbackAdapter ?? false,
        f16: adapter.features.has('shader-f16'),
        maxBufferBytes: adapter.limits.maxBufferSize,
      },
      reason: '',
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { adapter: null, reason: `Asking for a graphics adapter failed: ${message}` };
  }
}
