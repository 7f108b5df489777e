/** A file: how it is called, where it lies, for messages, and how its first bytes, or all of them, are read. */
export interface FileEntry {
  readonly kind: 'file';
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly read: (most?: number) => Promise<Uint8Array>;
}

/** A folder, and what lies in it, in the order of names. */
export interface FolderEntry {
  readonly kind: 'folder';
  readonly name: string;
  readonly path: string;
  readonly entries: () => Promise<readonly Entry[]>;
}

/** What lies in a folder, on a disk or in a page: a pipe or a device is neither of both. */
export type Entry = FileEntry | FolderEntry | { readonly kind: 'other'; readonly name: string; readonly path: string };

/** Whether an entry is looked at: hidden ones are passed over, and what systems leave in folders. */
export const isVisible = (name: string): boolean => !/^\.|^(thumbs\.db|desktop\.ini|__macosx)$/i.test(name);
