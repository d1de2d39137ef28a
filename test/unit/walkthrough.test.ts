import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { walkthroughTexts } from '../../l10n/walkthrough.ts';

const root = path.join(import.meta.dirname, '../..');
interface Step {
  id: string;
  title: string;
  description: string;
  media: { image: string };
  completionEvents: string[];
}
const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  contributes: { walkthroughs: { id: string; steps: Step[] }[]; commands: { command: string }[] };
};
const contextKeys = readFileSync(path.join(root, 'client/src/infrastructure/contextKeys.ts'), 'utf8');
const [walkthrough] = contributes.walkthroughs;
const textsOf = (text: string) =>
  walkthroughTexts[`manifest.${text.replaceAll('%', '')}` as keyof typeof walkthroughTexts];

describe('the walkthrough', () => {
  test('has five steps, each with a button for the real thing, and ends by what is done', () => {
    assert.deepEqual(
      walkthrough?.steps.map(({ id }) => id),
      ['connect', 'submit', 'watch', 'mend', 'notebook'],
    );
    const known = contributes.commands.map(({ command }) => command);
    for (const { description, completionEvents } of walkthrough?.steps ?? []) {
      const { en, zh } = textsOf(description);
      const linked = (text: string) => [...text.matchAll(/\]\(command:([\w.]+)\)/g)].map(([, command]) => command);
      assert.deepEqual(linked(zh), linked(en));
      assert.match(en, /\n\[[^\]]+\]\(command:/, 'a link alone on its line is a button');
      for (const event of completionEvents) {
        const [, what, name = ''] = /^on(Command|Context):([\w.]+)/.exec(event) ?? [];
        assert.ok(what === 'Command' ? known.includes(name) : contextKeys.includes(`'${name}'`), event);
      }
    }
  });

  test('ticks what was done, not what was only asked for', () => {
    const eventsOf = (step: string) => walkthrough?.steps.find(({ id }) => id === step)?.completionEvents;
    assert.deepEqual(eventsOf('submit'), ['onContext:gpuctl.submitted']);
    assert.deepEqual(eventsOf('watch'), ['onContext:gpuctl.watched']);
    assert.deepEqual(eventsOf('notebook'), ['onContext:gpuctl.notebookOpened']);
  });

  test('has pictures in both languages, which the package has room for', () => {
    const files = (walkthrough?.steps ?? []).flatMap(({ media }) => Object.values(textsOf(media.image)));
    assert.deepEqual(
      files.filter((file) => !existsSync(path.join(root, file))),
      [],
    );
    assert.equal(new Set(files).size, 10);
    const bytes = files.reduce((sum, file) => sum + statSync(path.join(root, file)).size, 0);
    assert.ok(bytes < 240_000, `${bytes} bytes`);
  });
});
