import { mount } from 'svelte';
import bundled from 'virtual:bundled-models';
import { Library } from './library/library';
import { RUNTIME_CACHE } from './runtime/binary';
import { chooseBuild, isAppleWebKit, probe } from './runtime/build';
import type { App } from './state/context';
import { Demo } from './state/demo.svelte';
import { Digits } from './state/digits.svelte';
import { Draw } from './state/draw.svelte';
import { keepDrawAddress } from './state/draw-address.svelte';
import { Engine } from './state/engine.svelte';
import { Ink } from './state/ink.svelte';
import { LibraryState } from './state/library.svelte';
import { Conversions } from './state/conversions.svelte';
import { Looking } from './state/looking.svelte';
import { Offline } from './state/offline.svelte';
import { Problems } from './state/problems.svelte';
import { Replay } from './state/replay.svelte';
import { Route } from './state/route.svelte';
import { visit } from './state/visit';
import './styles/layers.css';
import Root from './views/App.svelte';
import { Bridge } from './workers/bridge';
import type { Forge } from './workers/forge/api';
import type { Preparer } from './workers/prepare/api';

/** Reading a model of two gigabytes may take minutes. */
const READING_PATIENCE_MS = 600_000;

const asked = new URLSearchParams(location.search).get('backend');
const wish = asked === 'webgpu' || asked === 'wasm' ? asked : null;

const problems = new Problems();
const route = new Route();
const ink = new Ink();
const digits = new Digits(new URL('digits.json', document.baseURI).href);
const build = chooseBuild(wish);
const forge = new Bridge<Forge>({
  name: 'model',
  start: () => new Worker(new URL('./workers/forge/worker.ts', import.meta.url), { type: 'module' }),
  patienceMs: READING_PATIENCE_MS,
});
const preparer = new Bridge<Preparer>({
  name: 'preparing',
  start: () => new Worker(new URL('./workers/prepare/worker.ts', import.meta.url), { type: 'module' }),
  patienceMs: READING_PATIENCE_MS,
});
const engine = new Engine({
  build,
  probe: probe(wish, build),
  wish,
  cautious: isAppleWebKit(),
  forWebgpu: (model) => preparer.call((api) => api.forWebgpu(model)),
});
// The longest way of a visit begins first.
engine.start();
const tabs = new BroadcastChannel('inkling-library');
const library = new LibraryState({ library: new Library(), forge, preparer, bundled, problems, tabs });
const draw = new Draw({ ink, engine, digits, library, problems });
const replay = new Replay(ink, () => matchMedia('(prefers-reduced-motion: reduce)').matches);
const app: App = {
  ink,
  engine,
  digits,
  draw,
  replay,
  demo: new Demo(ink, digits, replay),
  library,
  looking: new Looking(),
  conversions: new Conversions({ library, engine }, problems),
  offline: new Offline(RUNTIME_CACHE),
  problems,
  route,
  // What is needed for dropped files comes when there are some.
  take: async (files) => (await problems.part(import('./state/take')))?.take(app, files),
  put: async (record) => (await problems.part(import('./state/take')))?.put(app, record),
  tryOnDigits: async (record) =>
    (await problems.part(import('./state/take')))?.tryOnDigits(app, record) ?? record,
};

tabs.onmessage = () =>
  void library
    .load()
    .then(() => draw.withdrawRemoved())
    .catch((error: unknown) => problems.show(error));
keepDrawAddress({ ink, draw, library, route, problems });
const target = document.getElementById('app');
if (target) mount(Root, { target, props: { app } });
void visit(app);
