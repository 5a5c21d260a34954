/** Whether everything a visit needs is in this browser, and whether a newer Inkling waits. */
export class Offline {
  /** Shell, runtime and bundled models are all stored. */
  ready = $state(false);
  /** A newer version is stored and waits for the person's word. */
  updateWaits = $state(false);
  readonly #runtimeCache: string;
  #registration: ServiceWorkerRegistration | null = null;

  constructor(runtimeCache: string) {
    this.#runtimeCache = runtimeCache;
  }

  /** Registers the service worker; pages opened without one (development, plain http) are simply never ready. */
  async register(url: string): Promise<void> {
    const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
    if (!container) return;
    // A page that no service worker controls yet has nothing to update: its first one is being stored.
    const isUpdate = container.controller !== null;
    try {
      this.#registration = await container.register(url);
    } catch {
      return;
    }
    const registration = this.#registration;
    this.updateWaits = isUpdate && registration.waiting !== null;
    registration.addEventListener('updatefound', () => {
      const fresh = registration.installing;
      fresh?.addEventListener('statechange', () => {
        if (fresh.state === 'installed' && isUpdate) this.updateWaits = true;
        if (fresh.state === 'activated') void this.check();
      });
    });
    void container.ready.then(() => this.check());
  }

  /** Looks again whether all is there: an active service worker (its shell came whole or not at all) and a runtime. */
  async check(): Promise<void> {
    if (!this.#registration?.active) return;
    try {
      const cache = await caches.open(this.#runtimeCache);
      this.ready = (await cache.keys()).length > 0;
    } catch {
      this.ready = false;
    }
  }

  /** Takes the waiting version and loads the page anew; the drawing is in the address. */
  update(): void {
    const waiting = this.#registration?.waiting;
    // Another tab took it: only this page is of the version before.
    if (!waiting) {
      location.reload();
      return;
    }
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('take-over');
  }
}
