/**
 * The graph of the Inspect screen on a made graph (`?nodes=3000`, `&grouped` for names with prefixes) or on the
 * outlines of a model (`?outlines=<address of JSON>`). Marks `outline` when it begins and `picture` once painted.
 */
import { wrap } from 'comlink';
import { mount } from 'svelte';
import type { GraphOutline } from '../../../src/core/outline';
import type { Picture } from '../../../src/graph/picture';
import '../../../src/styles/layers.css';
import { makeChain } from '../made-graphs';
import GraphStand from './GraphStand.svelte';

const asked = new URLSearchParams(location.search);
const address = asked.get('outlines');
const nameOf = (i: number) => `/layer${Math.floor(i / 100)}/block.${Math.floor(i / 10) % 10}/node${i}`;
const outlines: GraphOutline[] = address
  ? ((await (await fetch(address)).json()) as GraphOutline[])
  : [makeChain(Number(asked.get('nodes') ?? 3000), asked.has('grouped') ? nameOf : undefined)];

const worker = new Worker(new URL('./graph-worker.ts', import.meta.url), { type: 'module' });
const remote = wrap<(outline: GraphOutline, folded: readonly string[]) => Picture>(worker);
const arrange = (outline: GraphOutline, folded: readonly string[]) => remote(outline, folded);
// The Inspect screen's worker runs before there is an outline.
await remote(makeChain(1), []);

const target = document.querySelector('main') ?? document.body;
new MutationObserver((_, observer) => {
  if (!document.querySelector('.legend')) return;
  observer.disconnect();
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => performance.mark('picture');
    port2.postMessage(null);
  });
}).observe(target, { childList: true, subtree: true });
performance.mark('outline');
mount(GraphStand, { target, props: { outlines, arrange } });
