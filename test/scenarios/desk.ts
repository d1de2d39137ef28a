import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeAction } from 'vscode-languageserver';
import { buildJobGroups, EVERYTHING } from '../../client/src/features/jobs/jobGroups.ts';
import { buildPoolRows } from '../../client/src/features/pools/poolRows.ts';
import type { Row } from '../../client/src/infrastructure/row.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';
import { type JobDto, type JobRef, Requests } from '../../server/src/protocol.ts';
import type { ProductStage } from '../cluster/productStage.ts';
import { type Ran, runGpuctl } from '../cluster/runGpuctl.ts';
import type { Pair, SubmitAnswer, SubmitOutcome } from '../server/pair.ts';
import { afterEdit } from '../server/workspaceFolder.ts';
import type { Scenario } from './scenario.ts';

const NAMESPACE = 'ml-team';
const texts = createTexts(() => 'en');

/** A person before the editor, with the files of a scenario in a folder, the jobs and pools beside them, and a terminal. */
export class Desk {
  private readonly folder: string;
  private readonly texts: Map<string, string>;
  private readonly logs = new Map<string, string>();
  private readonly stage: ProductStage;
  private pair!: Pair;
  private context = '';
  /** Name of the file that is before the person. */
  private current: string;

  constructor(stage: ProductStage, { file, files }: Scenario) {
    this.stage = stage;
    this.folder = path.join(stage.folder, path.basename(file, '.md'));
    this.texts = new Map(files);
    this.current = [...files.keys()][0] ?? '';
    mkdirSync(this.folder);
    for (const [name, text] of files) writeFileSync(path.join(this.folder, name), text);
  }

  /** Becomes another user: an editor of their own, with the same file open. */
  async become(context: string): Promise<void> {
    const { kubeconfig } = this.stage.cluster;
    this.pair = await this.stage.connect(context, { connection: { kubeconfig, context, namespace: NAMESPACE } });
    this.context = context;
    this.logs.clear();
    await this.open(this.current);
  }

  async open(name: string): Promise<void> {
    assert.ok(this.texts.has(name), `There is no file ${name} in this scenario.`);
    this.current = name;
    await this.pair.open(this.uri, this.text);
  }

  /** Types something in place of something else, and saves. */
  async type(before: string, after: string): Promise<void> {
    const { text } = this;
    assert.equal(text.split(before).length, 2, `\`${before}\` stands in the file not once`);
    await this.write(text.replace(before, () => after));
  }

  /** Sentences of all findings of the file, in the order of their places. */
  async findings(): Promise<string[]> {
    const found = await this.pair.findings(this.uri);
    const byPlace = found.toSorted((a, b) => a.range.start.line - b.range.start.line);
    return byPlace.map(({ message }) => String(message));
  }

  /** Takes a quick fix by its title. */
  async fix(title: string): Promise<void> {
    const diagnostics = await this.pair.findings(this.uri);
    const offered: string[] = [];
    for (const { range } of diagnostics) {
      const actions: CodeAction[] = await this.pair.client.sendRequest('textDocument/codeAction', {
        textDocument: { uri: this.uri },
        range,
        context: { diagnostics },
      });
      const taken = actions.find((action) => action.title === title);
      if (taken) return this.write(afterEdit(taken.edit, { [this.uri]: this.text })[this.uri] as string);
      offered.push(...actions.map((action) => action.title));
    }
    assert.fail(`There is no quick fix “${title}”. There are: ${offered.join(' | ')}`);
  }

  /** Lines of the resources that the file becomes. */
  async preview(): Promise<string[]> {
    const rendered = await this.pair.ask(Requests.render, { textDocument: { uri: this.uri } });
    return (rendered?.text ?? '').split('\n').map((line) => line.trim());
  }

  /** Submits the file, or one of its documents, counted from 1. */
  submit(document?: number, answer: SubmitAnswer = 'no'): Promise<SubmitOutcome> {
    const which = document === undefined ? {} : { document: document - 1 };
    return this.pair.submit({ uri: this.uri, path: this.current, ...which }, answer);
  }

  /** What the view of jobs shows, a line a row: `name · description`. */
  async jobLines(): Promise<string[]> {
    const jobs = await this.pair.ask(Requests.jobs);
    return toLines(buildJobGroups(jobs, EVERYTHING, { texts, now: Date.now(), namespace: NAMESPACE }));
  }

  /** What the view of pools shows. */
  async poolLines(): Promise<string[]> {
    return toLines(
      buildPoolRows(await this.pair.ask(Requests.pools), { texts, now: Date.now(), namespace: NAMESPACE }),
    );
  }

  async job(name: string): Promise<JobDto | undefined> {
    const { jobs } = await this.pair.ask(Requests.jobs);
    return jobs.find(({ ref }) => ref.name === name && ref.namespace === NAMESPACE);
  }

  /** The log of a job so far, from when it was first looked at. */
  async log(name: string): Promise<string[]> {
    const log = this.logs.get(name) ?? (await this.pair.ask(Requests.openLog, { job: refOf(name) })).log;
    this.logs.set(name, log);
    return (this.pair.logs.get(log) ?? '').split('\n');
  }

  /** Closes the log of a job, so that the next look sees that of its next run. */
  async closeLog(name: string): Promise<void> {
    const log = this.logs.get(name);
    this.logs.delete(name);
    if (log) await this.pair.ask(Requests.closeLog, { log });
  }

  async change(what: 'stop' | 'start' | 'resume', name: string): Promise<string> {
    const job = { job: refOf(name) };
    await this.closeLog(name);
    if (what === 'resume') return (await this.pair.ask(Requests.resume, job)).how;
    return String((await this.pair.ask(Requests[what], job)).done);
  }

  async scale(name: string, replicas: number): Promise<void> {
    await this.pair.ask(Requests.scale, { job: refOf(name), replicas });
  }

  /** Deletes a job; the lines of the question before. */
  async remove(name: string): Promise<string[]> {
    const { job, context, uid, removes, keeps } = await this.pair.ask(Requests.planDelete, refOf(name));
    await this.pair.ask(Requests.delete, { job, context, uid });
    return [...removes, ...keeps.map((one) => `kept: ${one}`)];
  }

  /** What of gpuctl is in the namespace. */
  leftovers(): Promise<string[]> {
    return this.stage.objectsOfOurs(NAMESPACE);
  }

  terminal(command: string): Promise<Ran> {
    const args = [...command.split(' '), '--context', this.context, '--namespace', NAMESPACE];
    return runGpuctl(args, this.stage.cluster.kubeconfig, this.folder);
  }

  /** Addresses of the replicas of a job that are ready. */
  async addresses(name: string): Promise<string[]> {
    const url = `/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=app%3D${name}`;
    const { items } = (await this.stage.admin.get(url)) as { items: PodStatus[] };
    const ready = items.filter(
      ({ status: { conditions = [] } }) => conditions.find(({ type }) => type === 'Ready')?.status === 'True',
    );
    return ready.flatMap(({ status: { podIP } }) => podIP ?? []);
  }

  /** Takes away what a scenario left in the namespace. */
  async clear(): Promise<void> {
    const label = 'labelSelector=app.kubernetes.io/managed-by%3Dgpuctl';
    for (const resource of ['batch/v1/%/jobs', 'apps/v1/%/deployments', 'apps/v1/%/statefulsets']) {
      const url = `/apis/${resource.replace('%', `namespaces/${NAMESPACE}`)}?${label}`;
      await this.stage.admin.call('DELETE', `${url}&propagationPolicy=Background`);
    }
    await this.stage.admin.call('DELETE', `/api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims?${label}`);
  }

  private get uri(): string {
    return pathToFileURL(path.join(this.folder, this.current)).href;
  }
  private get text(): string {
    return this.texts.get(this.current) ?? '';
  }

  private async write(text: string): Promise<void> {
    this.texts.set(this.current, text);
    writeFileSync(path.join(this.folder, this.current), text);
    await this.pair.change(this.uri, text);
  }
}

interface PodStatus {
  status: { podIP?: string; conditions?: { type: string; status: string }[] };
}

const refOf = (name: string): JobRef => ({ namespace: NAMESPACE, name });

const toLines = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ label, description, children = [] }) => [
    [label, description].filter(Boolean).join(' · '),
    ...toLines(children),
  ]);
