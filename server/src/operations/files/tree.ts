import type { Message } from '../../../../l10n/index.ts';

/** `other`: a socket, a device or the like, which is never moved. */
export type EntryKind = 'file' | 'folder' | 'link' | 'other';

/** What stands at a path of a folder that is compared. */
export interface Entry {
  kind: EntryKind;
  /** Bytes of a file. */
  size: number;
  /** Permission bits. */
  mode: number;
  /** Seconds since 1970. */
  mtime: number;
  /** Differs after every change that the file system notes; empty where that cannot be relied on. */
  stamp: string;
  /** Of a link: where it leads, as it is written. */
  target?: string;
}

/** Something that is left as it is, and why. */
export interface Left {
  path: string;
  why: Message;
}

/** A folder as it is at a moment; paths are relative, with `/`. */
export interface Tree {
  entries: Map<string, Entry>;
  left: Left[];
  /** Whether it is not known what is at a path that is not listed, such as in a folder that may not be read. */
  isUnknown(path: string): boolean;
}

/**
 * What is compared of an entry: `d` of a folder, `l:<target>`, `o`, `f:<size>:<sha256>`; of a program `x:…` in the place of `f:…`. A file that was
 * not read has a question mark in the place of its hash, and is like no other.
 */
export type Content = string;

/** The content of a file. */
export const contentOf = (size: number, hash: string, isProgram: boolean): Content =>
  `${isProgram ? 'x' : 'f'}:${size}:${hash}`;

/** The hash in the content of a file that was read. */
export const hashOf = (content: Content | undefined): string | undefined =>
  content && /^[fx]:\d+:([0-9a-f]{64})$/.exec(content)?.[1];

/** Whether somebody may run it. */
export const isProgram = ({ mode }: Entry): boolean => (mode & 0o100) !== 0;

/** The folder that holds a path; empty at the top. */
export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The folders above a path, the topmost first. */
export function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Folder on either side in which a transfer puts what is not whole yet. Is never moved itself. */
export const STAGE = '.gpuctl-sync';
