/** How long a version that waits gets to take over. */
const TAKE_OVER_MS = 3000;

/**
 * Noted when it did not take over: Chromium now and then leaves a version waiting for as long as the page is open.
 * Leaving the page ends that, but the page that follows is still the version before, so that it is loaded twice.
 */
const HALF_WAY = 'inkling-update';

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
    if (sessionStorage.getItem(HALF_WAY) !== null) {
      sessionStorage.removeItem(HALF_WAY);
      if (registration.waiting) reloadOnceTaken();
      else location.reload();
    }
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
    reloadOnceTaken();
    waiting.postMessage('take-over');
    setTimeout(() => {
      sessionStorage.setItem(HALF_WAY, '');
      location.reload();
    }, TAKE_OVER_MS);
  }
}

function reloadOnceTaken(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
}
