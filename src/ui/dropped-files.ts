import { takenFile, type TakenFile } from '../core/taken-file';

/** Files taken from one drop at most; a folder of more is no folder of models. */
const MOST_FILES = 5000;

/**
 * The files of a drop, those in dropped folders included. Call it in the event itself: what was dropped is gone
 * afterwards.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<TakenFile[]> {
  const plain = Array.from(transfer.files, (file) => takenFile(file));
  const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const files: TakenFile[] = [];
  for (const entry of entries) if (entry) await collect(entry, files);
  return files;
}

async function collect(entry: FileSystemEntry, files: TakenFile[]): Promise<void> {
  if (files.length >= MOST_FILES) return;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    files.push(takenFile(file, entry.fullPath.replace(/^\//, '')));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives some hundred entries at a time, and none when there are no more.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const each of some) await collect(each, files);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
