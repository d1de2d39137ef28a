/** The server starts without what works on a cluster: that is loaded when it is first asked for. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '../../server/src');

/** All modules that are loaded with some, without those that `import()` names. */
function loadedWith(...entries: string[]): Set<string> {
  const seen = new Set(entries.map((entry) => path.join(root, entry)));
  for (const file of seen) {
    const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s(?!type\s)[^;]*?from '(\.[^']+\.ts)'/gm);
    for (const [, name = ''] of imports) seen.add(path.join(path.dirname(file), name));
  }
  return new Set([...seen].map((file) => path.relative(root, file).replaceAll(path.sep, '/')));
}

test('what submits, plans, saves logs and opens terminals is not loaded with the server', () => {
  const loaded = loadedWith('main.ts', 'startServer.ts', 'server.ts');
  assert.ok(loaded.has('operations/session.ts') && loaded.has('requests/submit.ts'), 'the graph is followed');
  const later = ['applyJob', 'planJob', 'settings', 'submit', 'submitDocuments', 'submitFiles', 'poolProposal'];
  const rooms = [...later, 'saveLog', 'readLog', 'terminals', 'forwards', 'forward', 'onCluster'].map(
    (name) => `operations/${name}.ts`,
  );
  const found = [...rooms, 'language/lookAtSubmit.ts'].filter((file) => loaded.has(file));
  assert.deepEqual(found, []);
});
