import { scheme } from './scheme.svelte';

/** An element's own colour, followed through light and dark. Call it where effects may be made. */
export function inkColour(element: Element): {
  readonly current: number;
  /** `width × height` grey levels, 0 for none to `largest` for full, as that colour more or less opaque. */
  levels(values: ArrayLike<number>, width: number, height: number, largest: number): ImageData;
} {
  let rgb = $state(0);
  $effect(() => {
    void scheme.current;
    const [r = 0, g = 0, b = 0] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number);
    rgb = (b << 16) | (g << 8) | r;
  });
  return {
    get current() {
      return rgb;
    },
    levels(values, width, height, largest) {
      const image = new ImageData(width, height);
      const words = new Uint32Array(image.data.buffer);
      const scale = largest > 0 ? 255 / largest : 0;
      for (let i = 0; i < words.length; i += 1) {
        words[i] = (Math.min(255, scale * Math.abs(values[i] ?? 0)) << 24) | rgb;
      }
      return image;
    },
  };
}
