/** Folders with random files, links and folders, and edits of them. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

const NAMES = [
  'a',
  'b.txt',
  'Größe',
  '数据',
  'x y',
  "it's",
  '-n',
  'back\\slash',
  'new\nline',
  '😀.py',
  '$HOME',
  'a'.repeat(120),
];

const pick = <T>(random: () => number, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

/** Every path below a folder: `d`, `l:<target>` or `f:<bytes>:<hash>`, `x:…` for programs. What is ours is left out. */
export async function readTree(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const visit = async (at: string) => {
    for (const name of await readdir(path.join(folder, at))) {
      const one = at ? `${at}/${name}` : name;
      if (name === '.gpuctl-sync') continue;
      const absolute = path.join(folder, one);
      const stat = await lstat(absolute);
      if (stat.isDirectory()) {
        found.set(one, 'd');
        await visit(one);
      } else if (stat.isSymbolicLink()) found.set(one, `l:${await readlink(absolute)}`);
      else {
        const bytes = await readFile(absolute);
        const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
        found.set(one, `${stat.mode & 0o100 ? 'x' : 'f'}:${bytes.length}:${hash}`);
      }
    }
  };
  await visit('');
  return new Map([...found].sort());
}

/** Changes something at random; what it makes is never made twice. */
export async function editAtRandom(folder: string, random: () => number, mark: string): Promise<void> {
  const paths = [...(await readTree(folder))];
  const folders = ['', ...paths.filter(([, content]) => content === 'd').map(([at]) => at)];
  const files = paths.filter(([, content]) => /^[fx]:/.test(content)).map(([at]) => at);
  const at = path.join(folder, pick(random, folders), pick(random, NAMES));
  const isFree = await lstat(at).then(
    () => false,
    () => true,
  );
  const what = random();
  if (what < 0.35) {
    if (isFree) await writeFile(at, text(random, mark));
  } else if (what < 0.6) {
    if (files.length) await writeFile(path.join(folder, pick(random, files)), text(random, mark));
  } else if (what < 0.7) {
    if (isFree) await mkdir(at);
  } else if (what < 0.78) {
    if (isFree) await symlink(pick(random, NAMES), at);
  } else if (what < 0.84) {
    if (files.length) await chmod(path.join(folder, pick(random, files)), random() < 0.5 ? 0o755 : 0o644);
  } else if (what < 0.9) {
    if (isFree && files.length) await rename(path.join(folder, pick(random, files)), at);
  } else if (paths.length) await rm(path.join(folder, pick(random, paths)[0]), { recursive: true, force: true });
}

/** Mostly small, of equal sizes often, so that sizes tell little. */
const text = (random: () => number, mark: string): string =>
  `${mark} ${Math.floor(random() * 1e9)}`.padEnd(random() < 0.8 ? 40 : Math.floor(random() * 200_000), '.');

/** What lies on two sides. */
export interface Trees {
  here: Map<string, string>;
  there: Map<string, string>;
}

/** A content, whether or not it can be run. */
export const bare = (content: string): string => content.replace(/^x/, 'f');

/** What was last the same on both sides, path by path. */
export class Agreed {
  private readonly contents = new Map<string, string>();
  private readonly folders: { here: string; there: string };

  constructor(here: string, there: string) {
    this.folders = { here, there };
  }

  /** What lies there now; what is the same on both sides is agreed. */
  async look(): Promise<Trees> {
    const trees = { here: await readTree(this.folders.here), there: await readTree(this.folders.there) };
    for (const at of [...this.contents.keys(), ...trees.here.keys()]) {
      const content = trees.here.get(at);
      if (content !== trees.there.get(at)) continue;
      if (content === undefined) this.contents.delete(at);
      else this.contents.set(at, content);
    }
    return trees;
  }

  /** Contents of files that somebody made since then: these may not be lost. */
  edits({ here, there }: Trees): Set<string> {
    const isEdit = ([at, content]: [string, string]) =>
      /^[fx]:/.test(content) && bare(content) !== bare(this.contents.get(at) ?? '');
    return new Set([...here, ...there].filter(isEdit).map(([, content]) => bare(content)));
  }
}

export function nothingIsLost(edits: Set<string>, { here, there }: Trees): void {
  const now = new Set([...here.values(), ...there.values()].map(bare));
  assert.deepEqual(
    [...edits].filter((content) => !now.has(content)),
    [],
  );
}
