/**
 * The runtime's one binary: fetched once, kept in Cache Storage, shared by every worker and by the service worker.
 *
 * The URLs are hashed, so a cached response is right for ever and a new release simply misses.
 */
import asyncifyUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { BuildId } from './probe-facts';

/** Also known to the service worker, which answers from it when there is no network. */
export const RUNTIME_CACHE = 'inkling-runtime';

const urls: Record<BuildId, string> = { jspi: jspiUrl, asyncify: asyncifyUrl, wasm: wasmUrl };

/** The build whose binary an earlier visit kept, or null. */
export async function cachedBuild(): Promise<BuildId | null> {
  const cache = await openCache();
  if (!cache) return null;
  for (const build of Object.keys(urls) as BuildId[]) {
    if (await cache.match(binaryUrl(build))) return build;
  }
  return null;
}

/**
 * The binary as a stream that compiles as it comes, from the cache or from the page's own origin, and what stores
 * it for the next worker and visit: called later, the first answer does not wait for the disk.
 */
export async function openBinary(build: BuildId): Promise<{ response: Response; keep: () => Promise<void> }> {
  const cache = await openCache();
  const url = binaryUrl(build);
  const kept = await cache?.match(url);
  if (kept) return { response: kept, keep: () => Promise.resolve() };
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The runtime could not be loaded: ${url} answered ${response.status}.`);
  const copy = cache ? response.clone() : null;
  return { response, keep: () => (cache && copy ? keep(cache, url, copy) : Promise.resolve()) };
}

/** Has the next visit look anew which build this browser needs; the stored one stays for when another cannot be had. */
export async function lookAnew(): Promise<void> {
  await (await openCache())?.put(noteUrl(), new Response());
}

/** Whether an earlier visit asked to look anew; it is asked once. */
export async function isToLookAnew(): Promise<boolean> {
  return (await (await openCache())?.delete(noteUrl())) ?? false;
}

/** Stands in the cache beside the binary; nothing is ever fetched from there. */
function noteUrl(): string {
  return new URL('look-anew', binaryUrl('wasm')).href;
}

/** A full disk only costs the offline promise. */
async function keep(cache: Cache, url: string, response: Response): Promise<void> {
  try {
    for (const request of await cache.keys()) if (request.url !== url) await cache.delete(request);
    await cache.put(url, response);
  } catch {
    await cache.delete(url);
  }
}

/** Cache Storage is missing outside secure contexts and in some private modes. */
async function openCache(): Promise<Cache | null> {
  try {
    return await caches.open(RUNTIME_CACHE);
  } catch {
    return null;
  }
}

/** Where a build's binary lies on this page's origin. */
export function binaryUrl(build: BuildId): string {
  return new URL(urls[build], import.meta.url).href;
}
