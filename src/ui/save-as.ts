/** How long the browser is given to begin a download before its bytes are let go. */
const BEGIN_MS = 10_000;

/** Offers bytes as a download under a name. */
export function saveAs(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), BEGIN_MS);
}
