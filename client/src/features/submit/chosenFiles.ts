import * as vscode from 'vscode';
import { isFolder, textMayBeGpuctl } from '../../infrastructure/documents.ts';
import { type FileText, readFile } from './submittable.ts';

/** YAML files of a folder that are looked at, and bytes of a file that nobody wrote by hand. */
const MOST_FILES = 500;
const LARGEST = 1 << 20;
/** Files that are read at a time. */
const AT_ONCE = 16;

const PATTERN = '**/*.{yaml,yml}';
const NEVER = '**/node_modules/**';

/** What was chosen, as files that may hold gpuctl documents. */
export interface ChosenFiles {
  files: FileText[];
  /** There were more files than are looked at. */
  capped: boolean;
}

/** The number of files up to which folders are looked through. */
export const CAP = MOST_FILES;

/** The files of what was chosen in the explorer: folders are walked, without what the person's settings exclude. Foreign YAML is left out. */
export async function readChosen(chosen: readonly vscode.Uri[]): Promise<ChosenFiles> {
  const found = new Map<string, vscode.Uri>();
  let capped = false;
  for (const uri of chosen) {
    const inside = (await isFolder(uri)) ? await walk(uri) : [uri];
    capped ||= inside.length > MOST_FILES;
    for (const one of inside.slice(0, MOST_FILES)) found.set(one.toString(), one);
  }
  const uris = [...found.values()];
  const files: FileText[] = [];
  for (let at = 0; at < uris.length; at += AT_ONCE)
    files.push(...(await Promise.all(uris.slice(at, at + AT_ONCE).map(readOurs))).flat());
  return { files, capped };
}

/** Whether a text may hold several gpuctl documents. */
export const mayHoldSeveral = (text: string): boolean => text.split(/^---/m).filter(textMayBeGpuctl).length > 1;

async function walk(folder: vscode.Uri): Promise<vscode.Uri[]> {
  const pattern = new vscode.RelativePattern(folder, PATTERN);
  const found = await vscode.workspace.findFiles(pattern, NEVER, MOST_FILES + 1);
  return found.sort((a, b) => a.path.localeCompare(b.path, undefined, { numeric: true }));
}

async function readOurs(uri: vscode.Uri): Promise<FileText[]> {
  try {
    const isLarge = uri.scheme !== 'untitled' && (await vscode.workspace.fs.stat(uri)).size > LARGEST;
    const read = isLarge ? undefined : await readFile(uri);
    const isOurs = read && (/\.gpuctl\.ya?ml$/i.test(uri.path) || textMayBeGpuctl(read.file.text));
    return isOurs ? [read] : [];
  } catch {
    return []; // gone, or not to be read
  }
}
