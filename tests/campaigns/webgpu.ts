import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { serve } from '../../scripts/serve.js';
import type { PlainTensor } from '../../src/core/tensor';
import { encodeOnnx } from '../../src/formats/onnx';
import type { Model } from '../../src/ir/model';
import { widenConvolutions } from '../../src/passes/webgpu-convolutions';
import { openChromium, startChromium } from '../e2e/engines/chromium';
import { buildPages } from '../site';
import type { OnWebgpu } from './site/webgpu';

/** Shaders are compiled and run on the CPU here: what takes longer is too large for that. */
const PATIENCE_S = 20;

/** A run that was given up; what was not run is not known to be wrong. */
export class TooSlow extends Error {
  constructor(seconds: number) {
    super(`it takes over ${seconds} s on an emulated GPU`);
  }
}

/** A page of Chromium with WebGPU in it. */
export interface Webgpu {
  /** What a model gives there, prepared as the page does it; throws `TooSlow`, and what the page throws. */
  run(model: Model, feeds: Readonly<Record<string, PlainTensor>>, seconds?: number): Promise<OnWebgpu>;
  close(): Promise<void>;
}

/** WebGPU in Chromium, emulated on the CPU; `null` where Chromium is not installed. */
export async function startWebgpu(): Promise<Webgpu | null> {
  const engine = await startChromium();
  if (!engine) return null;
  const server = await serve(await buildPages(join(process.cwd(), 'tests/campaigns/site'), ['webgpu.html']));
  let { raw, context } = await openPage();

  async function openPage() {
    const opened = await openChromium(engine!.browser);
    await opened.page.go(`${server.url}webgpu.html`);
    await opened.raw.waitForFunction('window.runOnWebgpu', null, { timeout: 120_000 });
    return opened;
  }

  return {
    async run(model, feeds, seconds = PATIENCE_S) {
      const bytes = new Uint8Array(await (await encodeOnnx(widenConvolutions(model))).arrayBuffer());
      const late = new Promise<null>((resolve) => setTimeout(resolve, seconds * 1000, null));
      const running = evaluate(raw, bytes, { ...feeds });
      const found = await Promise.race([running, late]);
      if (found !== null) return found;
      running.catch(() => null);
      await context.close();
      ({ raw, context } = await openPage());
      throw new TooSlow(seconds);
    },
    async close() {
      await engine.close();
      await server.close();
    },
  };
}

function evaluate(page: Page, bytes: Uint8Array, feeds: Record<string, PlainTensor>): Promise<OnWebgpu> {
  return page.evaluate(
    ([model, given]) => {
      const { runOnWebgpu } = window as unknown as {
        runOnWebgpu: (model: Uint8Array, feeds: Record<string, PlainTensor>) => Promise<OnWebgpu>;
      };
      return runOnWebgpu(model, given);
    },
    [bytes, feeds] as const,
  );
}
