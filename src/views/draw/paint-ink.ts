import { PAPER, type Sample, type Stroke } from '../../ink/stroke';

/** The pen's width on the paper in paper units, at middling pressure. */
const PEN = 58;

/**
 * Paints strokes on a canvas, adding only what is new while a stroke grows: the cost of a movement does not grow
 * with the drawing. What was added ended straight at its last sample, which shows where samples lie far apart: a
 * finished stroke is painted anew.
 */
export function paintInk(canvas: HTMLCanvasElement): {
  resize(width: number, height: number, density: number): void;
  paint(strokes: readonly Stroke[], isDrawing: boolean): void;
} {
  const context = canvas.getContext('2d');
  let painted: { first: Stroke | undefined; strokes: number; samples: number } | null = null;
  let unit = 1;
  let colour = '';

  return {
    resize(width, height, density) {
      canvas.width = Math.max(1, Math.round(width * density));
      canvas.height = Math.max(1, Math.round(height * density));
      unit = (Math.min(width, height) * density) / PAPER;
      colour = getComputedStyle(canvas).color;
      painted = null;
    },
    paint(strokes, isDrawing) {
      if (!context) return;
      const last = strokes.at(-1);
      const grows =
        isDrawing &&
        painted !== null &&
        painted.strokes === strokes.length &&
        painted.first === strokes[0] &&
        (last?.length ?? 0) >= painted.samples;
      context.setTransform(unit, 0, 0, unit, canvas.width / 2, canvas.height / 2);
      context.lineCap = 'round';
      context.lineJoin = 'round';
      context.strokeStyle = colour;
      if (grows && last && painted) {
        drawFrom(context, last, painted.samples);
      } else {
        context.clearRect(-4 * PAPER, -4 * PAPER, 8 * PAPER, 8 * PAPER);
        for (const stroke of strokes) drawFrom(context, stroke, 0);
      }
      painted = { first: strokes[0], strokes: strokes.length, samples: last?.length ?? 0 };
    },
  };
}

/** Draws a stroke from the sample numbered `from` on, as curves through the middles of its segments. */
function drawFrom(context: CanvasRenderingContext2D, stroke: Stroke, from: number): void {
  for (let i = Math.max(0, from - 1); i < stroke.length; i += 1) {
    const sample = stroke[i];
    const before = stroke[i - 1] ?? sample;
    const twoBefore = stroke[i - 2] ?? before;
    if (!sample || !before || !twoBefore) continue;
    const start = i < 2 ? before : middle(twoBefore, before);
    const end = i === stroke.length - 1 ? sample : middle(before, sample);
    context.lineWidth = PEN * (0.75 + 0.5 * sample.pressure);
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.quadraticCurveTo(before.x, before.y, end.x, end.y);
    context.stroke();
  }
}

function middle(a: Sample, b: Sample): { x: number; y: number } {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
