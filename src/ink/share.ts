/**
 * A drawing as text for a URL: one byte of version, then strokes as zigzag varints of whole paper units,
 * each sample relative to the one before it, in base64url. Pressure and time are not shared.
 */
import { AppError } from '../core/problem';
import type { Sample, Stroke } from './stroke';

const VERSION = 1;
/** Longer drawings are not put into the URL: some browsers and most chats cut it. */
const MAX_TEXT = 6000;
const MAX_STROKES = 200;
const MAX_SAMPLES = 20_000;

/** The drawing as base64url text, or null when it is too long for a URL. */
export function encodeDrawing(strokes: readonly Stroke[]): string | null {
  const bytes: number[] = [VERSION];
  let x = 0;
  let y = 0;
  writeVarint(bytes, strokes.length);
  for (const stroke of strokes) {
    const samples = thin(stroke);
    writeVarint(bytes, samples.length);
    for (const sample of samples) {
      const nextX = Math.round(sample.x);
      const nextY = Math.round(sample.y);
      writeVarint(bytes, zigzag(nextX - x));
      writeVarint(bytes, zigzag(nextY - y));
      x = nextX;
      y = nextY;
    }
  }
  const text = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return text.length > MAX_TEXT ? null : text;
}

/** The way back; throws `link_damaged` on anything `encodeDrawing` does not write. */
export function decodeDrawing(text: string): Stroke[] {
  const bytes = decodeBase64(text);
  let at = 0;
  let x = 0;
  let y = 0;
  let left = MAX_SAMPLES;
  const read = (limit: number) => {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw damaged('it ends too early');
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (value > limit) throw damaged('a number is out of range');
        return value;
      }
    }
    throw damaged('a number is too long');
  };
  if (bytes[at++] !== VERSION) throw damaged('its version is unknown');
  const strokes = Array.from({ length: read(MAX_STROKES) }, () => {
    const count = read(left);
    left -= count;
    return Array.from({ length: count }, (_, i): Sample => {
      x += unzigzag(read(1 << 20));
      y += unzigzag(read(1 << 20));
      return { x, y, pressure: 0.5, time: i * 12 };
    });
  });
  if (at !== bytes.length) throw damaged('something follows the drawing');
  return strokes;
}

/** Drops samples under 4 units from the last one kept (a ninth of a pixel of what the model sees). */
function thin(stroke: Stroke): Stroke {
  let kept: Sample | undefined;
  return stroke.filter((sample, i) => {
    const keep = !kept || i === stroke.length - 1 || Math.hypot(sample.x - kept.x, sample.y - kept.y) >= 4;
    if (keep) kept = sample;
    return keep;
  });
}

function decodeBase64(text: string): Uint8Array {
  if (text.length > MAX_TEXT) throw damaged('it is too long');
  if (!/^[\w-]+$/.test(text)) throw damaged('it holds characters a drawing never has');
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw damaged('it is cut off');
  }
}

function damaged(reason: string): AppError {
  return new AppError('link_damaged', { reason });
}

function writeVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
