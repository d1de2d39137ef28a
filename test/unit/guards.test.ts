/** Guards of the manifest, of the lists that must agree, and of who may know whom. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { manifestTexts } from '../../l10n/manifest.ts';
import { listKinds } from '../../scripts/schemaFiles.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const sources = (...patterns: string[]) =>
  globSync(patterns, { cwd: root })
    .filter((file) => !file.endsWith('.generated.ts'))
    .map((file) => ({ file, text: read(file) }));

interface MenuItem {
  command?: string;
  submenu?: string;
  when?: string;
  group?: string;
}
interface Manifest {
  version: string;
  engines: { vscode: string };
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
  icon?: string;
  extensionKind?: string[];
  capabilities?: { untrustedWorkspaces?: { restrictedConfigurations?: string[] } };
  contributes?: {
    commands?: { command: string; title: string; enablement?: string }[];
    menus?: Record<string, MenuItem[]>;
    submenus?: { id: string }[];
    keybindings?: MenuItem[];
    views?: Record<string, { id: string; when?: string }[]>;
    viewsContainers?: Record<string, { id: string }[]>;
    viewsWelcome?: { view: string; contents: string; when?: string }[];
    configuration?: { properties: Record<string, Record<string, unknown>> };
  };
}
const manifest = JSON.parse(read('package.json')) as Manifest;
const contributes = manifest.contributes ?? {};
const client = sources('client/src/**/*.ts');
const clientText = client.map(({ text }) => text).join('\n');

const sorted = (values: Iterable<string>) => [...new Set(values)].sort();
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] as string);
/** Every string in a JSON value. */
const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : value && typeof value === 'object'
      ? Object.values(value).flatMap((part) => stringsIn(part))
      : [];

/** Commands that only our own code runs, with arguments that no person could give. */
const INTERNAL_COMMANDS = [
  'gpuctl.job.resource',
  'gpuctl.document.rename',
  'gpuctl.finding.fix',
  'gpuctl.job.reveal',
  'gpuctl.job.show',
  'gpuctl.node.showJob',
  'gpuctl.jobs.await',
  'gpuctl.jobs.forget',
  'gpuctl.log.openSource',
  'gpuctl.pool.reveal',
  'gpuctl.row.showMore',
];

describe('manifest', () => {
  const commands = sorted((contributes.commands ?? []).map(({ command }) => command));

  it('contributes exactly the commands that the client registers', () => {
    const registered = matches(clientText, /\bregister\w*(?:<[^>]*>)?\(\s*'(gpuctl(?:\.\w+)+)'/g);
    assert.deepEqual(sorted(registered), sorted([...commands, ...INTERNAL_COMMANDS]));
  });

  it('names only known commands and submenus in menus, keys and links', () => {
    const items = [...Object.values(contributes.menus ?? {}).flat(), ...(contributes.keybindings ?? [])];
    const linked = matches(stringsIn([contributes, manifestTexts]).join('\n'), /\(command:(gpuctl\.[\w.]+)/g);
    const used = [...items.flatMap(({ command }) => command ?? []), ...linked];
    assert.deepEqual(
      sorted(used).filter((command) => command.startsWith('gpuctl.') && !commands.includes(command)),
      [],
    );
    const submenus = (contributes.submenus ?? []).map(({ id }) => id);
    assert.deepEqual(sorted(items.flatMap(({ submenu }) => submenu ?? [])), sorted(submenus));
  });

  it('takes every text from the catalogue and uses every text there', () => {
    const used = stringsIn(manifest).flatMap((text) => matches(text, /^%(.+)%$/g));
    assert.deepEqual(sorted(used.map((key) => `manifest.${key}`)), sorted(Object.keys(manifestTexts)));
    const shown = [...(contributes.commands ?? []).map(({ title }) => title)];
    for (const setting of Object.values(contributes.configuration?.properties ?? {}))
      shown.push(...stringsIn([setting.description, setting.markdownDescription, setting.enumDescriptions]));
    for (const { contents } of contributes.viewsWelcome ?? []) shown.push(contents);
    assert.deepEqual(
      shown.filter((text) => !/^%.+%$/.test(text)),
      [],
    );
  });

  it('runs where the workspace is: there are the kubeconfig, the files and the login programs', () => {
    assert.deepEqual(manifest.extensionKind, ['workspace']);
  });

  it('offers a submit in the explorer on our files, not on every YAML file', () => {
    const [item] = contributes.menus?.['explorer/context'] ?? [];
    const pattern = /resourceFilename =~ \/(.+?)\/ /.exec(item?.when ?? '')?.[1];
    assert.ok(pattern && !item?.when?.includes('resourceExtname'), item?.when);
    const isOffered = (name: string) => new RegExp(pattern).test(name);
    assert.deepEqual(['a.gpuctl.yaml', 'a.gpuctl.yml'].map(isOffered), [true, true]);
    assert.deepEqual(['docker-compose.yml', 'gpuctl.yaml', 'a.gpuctl.yaml.bak'].map(isOffered), [false, false, false]);
    assert.doesNotMatch(item?.group ?? '', /^navigation/);
  });

  it('says in every view why nothing is there without trust', () => {
    const views = Object.values(contributes.views ?? {}).flatMap((list) => list.map(({ id }) => id));
    const told = (contributes.viewsWelcome ?? []).filter(({ when }) => when === '!isWorkspaceTrusted');
    assert.deepEqual(sorted(told.map(({ view }) => view)), sorted(views));
  });

  it('gives each setting a place of its own', () => {
    const orders = Object.values(contributes.configuration?.properties ?? {}).map(({ order }) => order);
    assert.deepEqual(
      orders,
      orders.map((_, index) => index + 1),
    );
  });

  it('looks through no workspace while it is activated', () => {
    const atOnce = client.filter(({ file }) => /\/(extension|features\/[^/]+\/index)\.ts$/.test(file));
    assert.ok(atOnce.length > 10);
    assert.deepEqual(
      atOnce.flatMap(({ file, text }) => (text.includes('findFiles') ? [file] : [])),
      [],
    );
  });

  it('points only at files that exist', () => {
    const files = stringsIn([contributes, manifest.icon]).filter((text) => /^(\.\/|media\/)\S+\.\w+$/.test(text));
    assert.deepEqual(
      files.filter((file) => !existsSync(path.join(root, file))),
      [],
    );
  });

  it('puts its views into known containers and fills each', () => {
    const builtIn = ['explorer', 'scm', 'debug', 'test', 'remote'];
    const containers = Object.values(contributes.viewsContainers ?? {}).flatMap((list) => list.map(({ id }) => id));
    const views = Object.values(contributes.views ?? {}).flatMap((list) => list.map(({ id }) => id));
    const foreign = Object.keys(contributes.views ?? {}).filter((id) => ![...containers, ...builtIn].includes(id));
    assert.deepEqual(foreign, []);
    assert.deepEqual(
      views.filter((id) => !clientText.includes(`'${id}'`)),
      [],
    );
    assert.deepEqual(
      (contributes.viewsWelcome ?? []).filter(({ view }) => !views.includes(view)),
      [],
    );
  });

  it('asks only for context keys that the client sets', () => {
    const conditions = JSON.stringify(contributes).match(/"(?:when|enablement)":"[^"]*"/g) ?? [];
    const keys = conditions.flatMap((text) =>
      matches(text.replace(/(?:==|=~|!=|\bin) *\S+/g, ''), /(?<![\w.])(gpuctl\.[\w.]+)/g),
    );
    assert.deepEqual(
      sorted(keys).filter((key) => !clientText.includes(`'${key}'`)),
      [],
    );
  });

  it('documents its settings, each with type and default, in the README', () => {
    const settings = contributes.configuration?.properties ?? {};
    const documented = matches(read('README.md'), /^\| `(gpuctl\.[\w.]+)` \|/gm);
    assert.deepEqual(sorted(documented), sorted(Object.keys(settings)));
    for (const [key, setting] of Object.entries(settings)) {
      assert.ok(setting.description ?? setting.markdownDescription, `${key} has no description`);
      assert.ok('default' in setting && ('type' in setting || 'enum' in setting), `${key} has no type or default`);
    }
  });

  it('lets no workspace that is not trusted name a kubeconfig, a program or a proxy', () => {
    const harmless =
      /^gpuctl\.(language|rules|trace\.server|labelPrefix|prometheus\.address|startTimeout|notifications|logs\.keep|files\.exclude)$/;
    const restricted = manifest.capabilities?.untrustedWorkspaces?.restrictedConfigurations ?? [];
    for (const [key, { scope }] of Object.entries(contributes.configuration?.properties ?? {})) {
      if (harmless.test(key)) continue;
      assert.equal(scope, 'machine-overridable', `${key} can be set by every folder`);
      assert.ok(restricted.includes(key), `${key} is taken from a folder that is not trusted`);
    }
    assert.ok(restricted.includes('gpuctl.kubeconfig'));
  });

  it('has scripts that exist', () => {
    const files = Object.values(manifest.scripts).flatMap((script) => script.match(/\S+\.(?:ts|mjs|cjs)\b/g) ?? []);
    assert.deepEqual(
      sorted(files).filter((file) => !existsSync(path.join(root, file))),
      [],
    );
  });

  it('compiles against the oldest VS Code that it promises to run in', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  });

  it('tells of its version in the change log', () => {
    assert.match(read('CHANGELOG.md'), new RegExp(`^## ${manifest.version.replaceAll('.', '\\.')}\\b`, 'm'));
  });
});

describe('kinds', () => {
  it('has a schema, a snippet and a folder for each kind of the list', async () => {
    const { KINDS } = await import('../../server/src/kinds/index.ts');
    const kinds = sorted(KINDS.map(({ name }) => name));
    assert.deepEqual(listKinds(), kinds);
    assert.deepEqual(sorted(matches(read('snippets/gpuctl.json'), /"kind: (\w+)"/g)), kinds);
    assert.deepEqual(
      sorted(globSync('server/src/kinds/*/model.ts', { cwd: root }).map((file) => path.basename(path.dirname(file)))),
      kinds,
    );
  });
});

describe('imports that lint cannot judge', () => {
  /** Modules that a file loads at run time; `import type` is erased and does not count. */
  const runtimeImports = (text: string) => [
    ...matches(text, /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm),
    ...matches(text, /\bimport\(\s*'([^']+)'/g),
  ];
  const offenders = (files: { file: string; text: string }[], forbidden: RegExp) =>
    files.flatMap(({ file, text }) =>
      runtimeImports(text)
        .filter((module) => forbidden.test(module))
        .map((module) => `${file}: ${module}`),
    );

  it('finds imports', () => {
    const text = "import type { A } from 'a';\nimport { b } from 'b';\nimport {\n  c,\n} from 'c';\nimport 'd';\n";
    assert.deepEqual(runtimeImports(`${text}export * from 'e';\nconst f = await import('f');`), [...'bcdef']);
  });

  it('keeps the language server protocol out of the pure rooms', () => {
    const pure = sources('server/src/{model,tools,kinds,frameworks,state,capacity}/**/*.ts');
    assert.deepEqual(offenders(pure, /^vscode-languageserver(?!-textdocument)/), []);
  });

  it('loads the Kubernetes client in cluster/ only', () => {
    const others = sources('{client,server}/src/**/*.ts').filter(({ file }) => !file.startsWith('server/src/cluster/'));
    assert.deepEqual(offenders(others, /^@kubernetes\/client-node/), []);
  });

  it('keeps features apart, also in nested folders', () => {
    const feature = (file: string) => /^client\/src\/features\/([^/]+)\//.exec(file)?.[1];
    const wrong = sources('client/src/features/*/**/*.ts').flatMap(({ file, text }) =>
      matches(text, /(?:from|import\()\s*'(\.[^']+)'/g)
        .map((module) => path.posix.join(path.posix.dirname(file), module))
        .filter((target) => feature(target) !== undefined && feature(target) !== feature(file))
        .map((target) => `${file}: ${target}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('sets context keys in infrastructure only', () => {
    const wrong = client.filter(
      ({ file, text }) => !file.includes('/infrastructure/') && text.includes("'setContext'"),
    );
    assert.deepEqual(
      wrong.map(({ file }) => file),
      [],
    );
  });
});

describe('tests', () => {
  it('are neither focused nor skipped', () => {
    const mark = /\b(?:describe|it|test|suite)\.(?:only|skip|todo)\b|\bx(?:it|describe)\(|[{,]\s*(?:only|skip|todo):/;
    const marked = sources('test/**/*.ts').flatMap(({ file, text }) =>
      text.split('\n').flatMap((line, index) => (mark.test(line) ? `${file}:${index + 1}` : [])),
    );
    assert.deepEqual(marked, []);
  });
});
