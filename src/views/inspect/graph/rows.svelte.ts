/** Rows made beyond what is seen, so that scrolling never shows a gap. */
const SPARE = 6;

/** Rows of one height in a box that scrolls, of which only those in sight are made. */
export class Rows {
  #element: HTMLElement | null = null;
  #top = $state(0);
  #seen = $state(0);
  #height = $state(44);
  /** A row that is to be shown once there is a size. */
  #wanted: number | null = null;

  /** Watches the box that scrolls, as an attachment. */
  readonly attach = (element: HTMLElement): (() => void) => {
    this.#element = element;
    const measure = () => {
      this.#seen = element.clientHeight;
      // A touch target, which grows with the person's letters.
      this.#height = 2.75 * parseFloat(getComputedStyle(document.documentElement).fontSize);
      if (this.#wanted !== null && this.#seen > 0) this.bring(this.#wanted);
    };
    const scroll = () => (this.#top = element.scrollTop);
    // It also tells of the first size, when the page has laid out anyway.
    const resize = new ResizeObserver(measure);
    resize.observe(element);
    element.addEventListener('scroll', scroll, { passive: true });
    return () => {
      resize.disconnect();
      element.removeEventListener('scroll', scroll);
      this.#element = null;
    };
  };

  /** px of one row. */
  get height(): number {
    return this.#height;
  }

  /** Rows that one page shows. */
  get page(): number {
    return Math.max(1, Math.floor(this.#seen / this.#height) - 1);
  }

  get first(): number {
    return Math.max(0, Math.floor(this.#top / this.#height) - SPARE);
  }

  get last(): number {
    return Math.ceil((this.#top + this.#seen) / this.#height) + SPARE;
  }

  /** Scrolls as little as needed to show a row; asks the page nothing that would make it lay out first. */
  bring(row: number): void {
    const element = this.#element;
    this.#wanted = element && this.#seen > 0 ? null : row;
    if (!element || this.#wanted !== null) return;
    const [top, bottom] = [row * this.#height, (row + 1) * this.#height];
    const to = top < this.#top ? top : Math.max(this.#top, bottom - this.#seen);
    if (to === this.#top) return;
    element.scrollTop = to;
    this.#top = to;
  }
}
