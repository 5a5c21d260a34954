import { buildGrid, type Area, type Grid } from '../../../graph/grid';
import type { Picture } from '../../../graph/picture';
import { onceAFrame } from '../../../ui/once-a-frame';
import { begin, bring, fit, keepNear, recentre, zoomAt, type Camera, type Size } from './camera';
import { listen } from './gestures';
import type { Look } from './look';
import { Tiles } from './tiles';

/** What a stage tells; boxes by their place in the picture, -1 for none. */
export interface StageListener {
  press(box: number, frame: string | null): void;
  activate(box: number, frame: string | null): void;
  /** After every frame in which something moved. */
  moved(camera: Camera, view: Size): void;
}

/** ms without zooming after which the picture is painted anew at its scale. */
const REST = 110;
const GLIDE = 140;
/** Of a frame: its title is what one presses to fold it. */
const TITLE = 36;

/** A canvas on which a picture is looked at: the camera, the gestures, and one paint a frame at most. */
export class Stage {
  readonly #listener: StageListener;
  readonly #frame = onceAFrame(() => this.#paint());
  #canvas: HTMLCanvasElement | null = null;
  #scene: { picture: Picture; grid: Grid; tiles: Tiles } | null = null;
  #look: Look | null = null;
  #ring: Area | null = null;
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #view: Size = { width: 0, height: 0 };
  /** How the picture was framed, while nobody has moved it since. */
  #framing: 'begin' | 'fit' | null = 'begin';
  #zoomedAt = 0;
  #glide: { from: Camera; to: Camera; since: number } | null = null;

  constructor(listener: StageListener) {
    this.#listener = listener;
  }

  get camera(): Camera {
    return this.#camera;
  }

  /** Takes a canvas as its own, as an attachment. */
  readonly attach = (canvas: HTMLCanvasElement): (() => void) => {
    this.#canvas = canvas;
    const resize = new ResizeObserver(() => this.#resize());
    resize.observe(canvas);
    const silence = listen(canvas, {
      pan: (dx, dy) => this.pan(dx, dy),
      zoom: (factor, x, y) => this.zoom(factor, x, y),
      press: (x, y) => this.#listener.press(...this.#find(x, y)),
      activate: (x, y) => this.#listener.activate(...this.#find(x, y)),
    });
    return () => {
      resize.disconnect();
      silence();
      this.#frame.forget();
      this.#canvas = null;
    };
  };

  /** Shows a picture: from its beginning, or with `anchor` (an id of both pictures) where it was on the screen. */
  show(picture: Picture, anchor: string | null): void {
    const before = anchor === null ? null : cornerOf(this.#scene?.picture, anchor);
    const grid = buildGrid(picture);
    this.#scene = { picture, grid, tiles: new Tiles({ picture, grid }) };
    this.#glide = null;
    const after = anchor === null ? null : cornerOf(picture, anchor);
    const { x, y, scale } = this.#camera;
    const isAnchored = before !== null && after !== null;
    this.#framing = isAnchored ? null : 'begin';
    if (isAnchored) this.#camera = { scale, x: x + after.x - before.x, y: y + after.y - before.y };
    else if (this.#view.width > 0) this.#camera = begin(picture, this.#view);
    this.#frame.ask();
  }

  /** Paints with these colours from now on, and with a ring around one area. */
  dress(look: Look, ring: Area | null): void {
    this.#look = look;
    this.#ring = ring;
    this.#frame.ask();
  }

  /** Moves the view by CSS px; false when it is at its end. */
  pan(dx: number, dy: number): boolean {
    const { x, y, scale } = this.#camera;
    return this.#move({ scale, x: x + dx / scale, y: y + dy / scale });
  }

  zoom(factor: number, x = this.#view.width / 2, y = this.#view.height / 2): void {
    this.#zoomedAt = performance.now();
    this.#move(zoomAt(this.#camera, factor, x, y));
  }

  /** Everything, or life size about the middle. */
  fit(): void {
    if (this.#scene) this.#glideTo(fit(this.#scene.picture, this.#view), 'fit');
  }

  actualSize(): void {
    this.#glideTo(zoomAt(this.#camera, 1 / this.#camera.scale, this.#view.width / 2, this.#view.height / 2));
  }

  /** Moves as little as needed to show an area legibly. */
  bring(area: Area): void {
    if (this.#view.width === 0) return;
    const from = this.#glide?.to ?? this.#camera;
    const { x, y, scale } = bring(from, area, this.#view);
    if (x !== from.x || y !== from.y || scale !== from.scale) this.#glideTo({ x, y, scale });
  }

  /** Puts a point of the picture into the middle. */
  centre(x: number, y: number): void {
    const { scale } = this.#camera;
    this.#move({ scale, x: x - this.#view.width / scale / 2, y: y - this.#view.height / scale / 2 });
  }

  #move(camera: Camera): boolean {
    if (!this.#scene) return false;
    this.#glide = null;
    const next = keepNear(camera, this.#scene.picture, this.#view);
    const { x, y, scale } = this.#camera;
    const isSame = Math.abs(next.x - x) < 0.01 && Math.abs(next.y - y) < 0.01 && next.scale === scale;
    this.#camera = next;
    if (isSame) return false;
    this.#framing = null;
    this.#frame.ask();
    return true;
  }

  #glideTo(to: Camera, framing: 'fit' | null = null): void {
    if (!this.#scene) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#move(to);
      this.#framing = framing;
      return;
    }
    this.#framing = framing;
    this.#glide = {
      from: this.#camera,
      to: keepNear(to, this.#scene.picture, this.#view),
      since: performance.now(),
    };
    this.#frame.ask();
  }

  #resize(): void {
    const canvas = this.#canvas;
    if (!canvas) return;
    const { clientWidth: width, clientHeight: height } = canvas;
    const before = this.#view;
    this.#view = { width, height };
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    this.#reframe(before);
    this.#paint();
  }

  /** The picture framed anew in a view of another size, or with the same point of it in the middle. */
  #reframe(before: Size): void {
    if (!this.#scene || this.#view.width === 0) return;
    const { picture } = this.#scene;
    this.#glide = null;
    if (before.width === 0 || this.#framing === 'begin') this.#camera = begin(picture, this.#view);
    else if (this.#framing === 'fit') this.#camera = fit(picture, this.#view);
    else this.#camera = keepNear(recentre(this.#camera, before, this.#view), picture, this.#view);
  }

  #paint(): void {
    const pen = this.#canvas?.getContext('2d', { alpha: false });
    if (!pen || !this.#scene || !this.#look || this.#view.width === 0) return;
    const now = performance.now();
    const isGliding = this.#stepGlide(now);
    const isZooming =
      now - this.#zoomedAt < REST || (isGliding && this.#glide?.from.scale !== this.#glide?.to.scale);
    const ratio = devicePixelRatio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = this.#look.palette.sheet;
    pen.fillRect(0, 0, this.#view.width, this.#view.height);
    const isWhole = this.#scene.tiles.draw(pen, this.#camera, this.#view, this.#look, isZooming);
    if (this.#ring) this.#paintRing(pen, this.#ring, this.#look.palette.focus);
    this.#listener.moved(this.#camera, this.#view);
    if (!isWhole || isGliding || isZooming) this.#frame.ask();
  }

  /** True while a glide goes on. */
  #stepGlide(now: number): boolean {
    if (!this.#glide) return false;
    const { from, to, since } = this.#glide;
    const done = Math.min(1, (now - since) / GLIDE);
    const eased = 1 - (1 - done) ** 3;
    const between = (a: number, b: number) => a + (b - a) * eased;
    const scale = done === 1 ? to.scale : between(from.scale, to.scale);
    this.#camera = { scale, x: between(from.x, to.x), y: between(from.y, to.y) };
    if (done === 1) this.#glide = null;
    return done < 1;
  }

  #paintRing(pen: CanvasRenderingContext2D, { x, y, width, height }: Area, colour: string): void {
    const { scale } = this.#camera;
    const out = 3.5;
    pen.beginPath();
    pen.roundRect(
      (x - this.#camera.x) * scale - out,
      (y - this.#camera.y) * scale - out,
      width * scale + 2 * out,
      height * scale + 2 * out,
      7 * scale + out,
    );
    pen.strokeStyle = colour;
    pen.lineWidth = 2.5;
    pen.stroke();
  }

  /** The box at a place of the screen, or the open group whose title is there. */
  #find(atX: number, atY: number): [box: number, frame: string | null] {
    if (!this.#scene) return [-1, null];
    const { x, y, scale } = this.#camera;
    const [px, py] = [x + atX / scale, y + atY / scale];
    const box = this.#scene.grid.boxAt(px, py);
    const frame = this.#scene.picture.frames.findLast(
      (each) => px >= each.x && px <= each.x + each.width && py >= each.y && py <= each.y + TITLE,
    );
    return [box, box < 0 ? (frame?.group ?? null) : null];
  }
}

/** Where a box or frame stands, by id. */
function cornerOf(picture: Picture | undefined, id: string): Area | null {
  return (
    picture?.boxes.find((box) => box.id === id) ?? picture?.frames.find((frame) => frame.id === id) ?? null
  );
}
