/** A file, and its path in the folder that was dropped or chosen with it. */
export interface PlacedFile {
  readonly path: string;
  readonly file: File;
}

/** The files of a list; those of a chosen folder tell where they lay. */
export const placedFiles = (list: FileList | null | undefined): readonly PlacedFile[] =>
  [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** What was dropped, with all that lies in folders. The drop itself must still be going on when this is called. */
export async function droppedFiles(transfer: DataTransfer | null): Promise<readonly PlacedFile[]> {
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return placedFiles(transfer?.files);
  return (await Promise.all(entries.map(filesIn))).flat();
}

async function filesIn(entry: FileSystemEntry): Promise<readonly PlacedFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((give, refuse) => entry.file(give, refuse));
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  if (!isDirectory(entry)) return [];
  const reader = entry.createReader();
  const found: PlacedFile[] = [];
  // A folder is told of in parts; an empty one is the end.
  for (let part = await read(reader); part.length > 0; part = await read(reader))
    found.push(...(await Promise.all(part.map(filesIn))).flat());
  return found;
}

const read = (reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> =>
  new Promise((give, refuse) => reader.readEntries(give, refuse));

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
