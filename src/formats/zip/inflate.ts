/**
 * The unpacked bytes `from` to `to` of raw deflate, fewer where it ends or breaks earlier; what comes behind them is
 * not unpacked, so a bomb costs no more than it says.
 */
export async function inflate(blob: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = blob.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const chunks: Uint8Array[] = [];
  let at = 0;
  try {
    while (at < to) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(Math.max(0, from - at), to - at);
      if (part.length > 0) chunks.push(part);
      at += value.length;
    }
  } catch {
    // Damaged deflate ends where it ends: callers compare lengths.
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let end = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, end);
    end += chunk.length;
  }
  return bytes;
}
