import * as vscode from 'vscode';
import { setContextKey } from '../../infrastructure/contextKeys.ts';
import type { Texts } from '../../infrastructure/texts.ts';
import { EVERYTHING, GROUPINGS, type JobChoice } from './jobGroups.ts';

/** Key of the workspace's memory. */
const REMEMBERED = 'jobs.choice';

/** The choice of this workspace. Grouping and whose jobs are remembered; a filter lasts as long as the window. */
export class Choice {
  readonly #memory: vscode.Memento;
  readonly #changed: () => void;
  #current: JobChoice;

  constructor(memory: vscode.Memento, changed: () => void) {
    this.#memory = memory;
    this.#changed = changed;
    const known = memory.get<Partial<JobChoice>>(REMEMBERED, {});
    const grouping = GROUPINGS.find((one) => one === known.grouping) ?? EVERYTHING.grouping;
    this.#current = { ...EVERYTHING, grouping, mine: known.mine === true };
    this.#tell();
  }

  get current(): JobChoice {
    return this.#current;
  }

  async set(wanted: Partial<JobChoice>): Promise<void> {
    this.#current = { ...this.#current, ...wanted };
    this.#tell();
    this.#changed();
    const { grouping, mine } = this.#current;
    await this.#memory.update(REMEMBERED, { grouping, mine });
  }

  /** Asks by what jobs are grouped. */
  async askGrouping({ t }: Texts): Promise<void> {
    const items = GROUPINGS.map((grouping) => ({
      grouping,
      label: t(`ui.jobs.by.${grouping}`),
      ...(grouping === this.#current.grouping && { description: t('ui.jobs.by.current') }),
    }));
    const chosen = await vscode.window.showQuickPick(items, { title: t('ui.jobs.by') });
    if (chosen) await this.set({ grouping: chosen.grouping });
  }

  /** Asks for the words of the filter; the view follows while they are typed, and goes back where that is given up. */
  async askFilter({ t }: Texts): Promise<void> {
    const before = this.#current.filter;
    const input = vscode.window.createInputBox();
    input.title = t('ui.jobs.filter');
    input.placeholder = t('ui.jobs.filter.placeholder');
    input.value = before;
    let isAccepted = false;
    await new Promise<void>((resolve) => {
      input.onDidChangeValue((value) => void this.set({ filter: value.trim() }));
      input.onDidAccept(() => {
        isAccepted = true;
        input.hide();
      });
      input.onDidHide(resolve);
      input.show();
    });
    input.dispose();
    if (!isAccepted) await this.set({ filter: before });
  }

  #tell(): void {
    setContextKey('gpuctl.jobs.mine', this.#current.mine);
    setContextKey('gpuctl.jobs.filtered', this.#current.filter !== '');
  }
}
