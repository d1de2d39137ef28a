import path from 'node:path';
import * as vscode from 'vscode';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { findOther, WRAPPED, writeWrapper } from './wrapper.ts';

/** Key of the global state: the other `gpuctl` that the person was told of. */
const TOLD = 'terminal.told';

/**
 * Puts the command `gpuctl` behind all others on the PATH of terminals, with the cluster and namespace of the window. In an untrusted
 * workspace it does nothing.
 */
export function activateTerminal(
  { boundary, configuration, texts: { t } }: Infrastructure,
  extension: vscode.ExtensionContext,
): vscode.Disposable {
  const environment = extension.environmentVariableCollection;
  const folder = path.join(extension.globalStorageUri.fsPath, 'bin');
  const script = extension.asAbsolutePath(path.join('dist', 'gpuctl.cjs'));

  const update = async () => {
    if (!configuration.trusted) {
      environment.clear();
      return;
    }
    const wrapped = { node: process.execPath, script };
    await writeWrapper(folder, wrapped);
    const { context, namespace } = configuration.target;
    environment.description = t('terminal.description');
    if (environment.get('PATH')?.value !== path.delimiter + folder) environment.append('PATH', path.delimiter + folder);
    if (process.platform === 'win32') {
      set(WRAPPED.node, wrapped.node);
      set(WRAPPED.script, wrapped.script);
    }
    set('GPUCTL_CONTEXT', context);
    set('GPUCTL_NAMESPACE', namespace);
    set('GPUCTL_KUBECONFIG', configuration.kubeconfig);
    set('GPUCTL_LABEL_PREFIX', configuration.labelPrefix);
    set('GPUCTL_PROMETHEUS', configuration.prometheus);
    set('GPUCTL_LANGUAGE', configuration.language);
    await tellOfOther();
  };
  /** Each change marks the open terminals as outdated: only real ones are made. */
  const set = (name: string, value: string | undefined) => {
    if (environment.get(name)?.value === value) return;
    if (value === undefined) environment.delete(name);
    else environment.replace(name, value);
  };
  const tellOfOther = async () => {
    const other = await findOther(folder, process.env.PATH ?? '');
    if (other === undefined || other === extension.globalState.get(TOLD)) return;
    await extension.globalState.update(TOLD, other);
    void vscode.window.showInformationMessage(t('terminal.hidden', { other, ours: path.join(folder, 'gpuctl') }));
  };

  void boundary.runQuietly(update);
  return vscode.Disposable.from(
    configuration.onDidChange(() => void boundary.runQuietly(update)),
    configuration.onDidChooseTarget(() => void boundary.runQuietly(update)),
  );
}
