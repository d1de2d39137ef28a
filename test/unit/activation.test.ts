/** What wakes the extension: tabs of ours that the window opens again find nobody else who could fill them. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const SCHEME = /_SCHEME = '(gpuctl[a-z-]*)'/g;

test('every scheme of documents of ours wakes us', () => {
  const { activationEvents } = JSON.parse(readFileSync('package.json', 'utf8')) as { activationEvents: string[] };
  const sources = globSync('client/src/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  const schemes = sources.flatMap((text) => [...text.matchAll(SCHEME)].map(([, scheme]) => scheme));
  const woken = activationEvents.flatMap((event) => /^onFileSystem:(.*)/.exec(event)?.[1] ?? []);
  assert.ok(schemes.length > 0);
  assert.deepEqual(woken.sort(), schemes.sort());
});
