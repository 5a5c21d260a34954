/**
 * The service worker: the whole shell is stored before it takes over, or none of it; what is stored is answered
 * without the network. The runtime's binary is stored by the worker that loads it, once, in a cache of its own.
 */
/** Filled in by the build: every file of the shell, with a version that changes with any of them. */
declare const __SHELL__: { version: string; files: string[] };

const sw = globalThis as unknown as ServiceWorkerGlobalScope;
const shell = `inkling-shell-${__SHELL__.version}`;
const RUNTIME_CACHE = 'inkling-runtime';

sw.addEventListener('install', (event) => {
  event.waitUntil(store());
});

sw.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

sw.addEventListener('message', (event) => {
  if (event.data === 'take-over') void sw.skipWaiting();
});

sw.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== sw.location.origin) return;
  event.respondWith(answer(request));
});

async function store(): Promise<void> {
  const cache = await caches.open(shell);
  // Hashed files may come from the HTTP cache; the others must be today's.
  await cache.addAll(
    __SHELL__.files.map(
      (file) => new Request(file, { cache: file.includes('assets/') ? 'default' : 'reload' }),
    ),
  );
}

/** Tabs of the version before go on with its shell until they are loaded anew. */
async function takeOver(): Promise<void> {
  const shells = (await caches.keys()).filter((name) => name.startsWith('inkling-shell-'));
  const older = shells.slice(0, shells.indexOf(shell)).slice(0, -1);
  await Promise.all(older.map((name) => caches.delete(name)));
  await sw.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const wanted = request.mode === 'navigate' ? new URL('./', sw.registration.scope).href : request.url;
  const isRuntime = wanted.endsWith('.wasm');
  const cache = await caches.open(isRuntime ? RUNTIME_CACHE : shell);
  const own = await cache.match(wanted, { ignoreSearch: !isRuntime });
  return own ?? (await caches.match(wanted)) ?? fetch(request);
}
