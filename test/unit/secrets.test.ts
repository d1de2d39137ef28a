import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hideSecrets, looksSecret } from '../../server/src/model/secrets.ts';

const hide = (text: string): string => hideSecrets(text, '<secret>');

test('a variable is a secret by its name, and what is only called alike is none', () => {
  for (const name of [
    'MYSQL_PASS',
    'DB_PASS',
    'PGPASS',
    'WANDB_KEY',
    'OPENAI_KEY',
    'AZURE_OPENAI_KEY',
    'wandbKey',
    'TS_AUTHKEY',
    'SSH_PASSPHRASE',
    'PGPASSWORD',
    'HF_TOKEN',
  ])
    assert.ok(looksSecret(name, 'plain'), name);
  for (const name of [
    'PRIMARY_KEY',
    'SORT_KEY',
    'TEXT_KEY',
    'REDIS_KEY',
    'S3_KEY',
    'KEYBOARD',
    'MONKEY',
    'EXAPP_KEY',
    'BYPASS',
    'DB_BYPASS',
    'FIRST_PASS',
    'NUM_PASSES',
    'USER_PASSED',
    'MAX_TOKENS',
  ])
    assert.ok(!looksSecret(name, 'plain'), name);
});

test('a secret is hidden as a whole: with its commas and blanks, and without the brackets around it', () => {
  const cases: [string, string][] = [
    ['args: ["--api-key=ab,cdefgh", "-v"]', 'args: ["--api-key=<secret>", "-v"]'],
    ['args: ["--api-key", "ab,cdefgh"]', 'args: ["--api-key", "<secret>"]'],
    ['args: ["--password", "two words, and more"]', 'args: ["--password", "<secret>"]'],
    ["password: 'two words' # why", "password: '<secret>' # why"],
    ['WANDB_KEY=abc,defgh python train.py', 'WANDB_KEY=<secret> python train.py'],
    ['[train, --hub_token, abcdefgh]', '[train, --hub_token, <secret>]'],
    ['{TOKEN: abcdefgh,OTHER: x}', '{TOKEN: <secret>,OTHER: x}'],
    ['[--token=abcdefgh,--epochs,"3"]', '[--token=<secret>,--epochs,"3"]'],
    ['--set=auth.password=abcdefgh,auth.user=me', '--set=auth.password=<secret>,auth.user=me'],
  ];
  for (const [text, hidden] of cases) assert.equal(hide(text), hidden);
  for (const text of [
    '["--token=", "--model", "m"]',
    'HF_TOKEN: $(FROM_SECRET)',
    'sort_key: abcdefgh',
    'eos_token: ["</s>"]',
  ])
    assert.equal(hide(text), text);
});

test('is found in linear time, whatever the line is like', () => {
  for (const text of ['token="', "token='", 'token=a,', 'x_key_', 'my', 'token=]', 'openai_key']) {
    const begin = performance.now();
    hide(`${text.repeat(200_000 / text.length)}token`);
    assert.ok(performance.now() - begin < 1000, text);
  }
});
