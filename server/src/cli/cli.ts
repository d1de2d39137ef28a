import { createInterface } from 'node:readline';
import { createTranslate, type Language, message, type TextKey, type Translate, toText } from '../../../l10n/index.ts';
import { asGpuctlError, cancelled } from '../operations/error.ts';
import type { Say } from '../operations/views.ts';
import type { ConnectionOptions } from '../protocol.ts';
import { UsageError } from './exit.ts';
import { Output } from './output.ts';
import type { CliPorts } from './ports.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  context?: string;
  namespace?: string;
  kubeconfig?: string;
  details?: boolean;
  color?: boolean;
}

type HintKey = 'cli.kubeconfig.none.hint' | 'cli.kubeconfig.choose.hint' | 'cli.start.ended.hint';

/** Hints that speak of the editor, and what the command line says instead. */
const HINTS: Readonly<Partial<Record<TextKey, HintKey>>> = {
  'connection.kubeconfig.none.hint': 'cli.kubeconfig.none.hint',
  'connection.kubeconfig.choose.hint': 'cli.kubeconfig.choose.hint',
  'lifecycle.start.ended.hint': 'cli.start.ended.hint',
};

/** One run of the command line, as the commands see it. */
export class Cli {
  readonly ports: CliPorts;
  readonly language: Language;
  readonly out: Output;
  readonly say: Say;
  readonly t: Translate;
  readonly options: GlobalOptions;
  /** Aborted by Ctrl-C, and when the output cannot be written. */
  readonly signal: AbortSignal;
  /** For what only shows something: ends with Ctrl-C, and when nobody reads any more. */
  readonly reading: AbortSignal;

  constructor(ports: CliPorts, language: Language, options: GlobalOptions, out = new Output(ports)) {
    this.ports = ports;
    this.language = language;
    this.options = options;
    this.out = out;
    this.signal = AbortSignal.any([ports.signal, out.failed]);
    this.reading = AbortSignal.any([ports.signal, out.closed]);
    if (options.color === false) out.colours = false;
    this.say = (one) => toText(one, language);
    this.t = createTranslate(() => language);
  }

  /**
   * Where to connect: flags, then the environment; what neither says is left to the kubeconfig. Who sets `GPUCTL_SERVER` means it, whatever
   * the editor has set for its terminals.
   */
  get connection(): ConnectionOptions {
    const { env } = this.ports;
    const isServerNamed = Boolean(env.GPUCTL_SERVER) && !this.options.kubeconfig;
    const kubeconfig = this.options.kubeconfig || (isServerNamed ? undefined : env.GPUCTL_KUBECONFIG);
    const context = this.options.context || (isServerNamed ? undefined : env.GPUCTL_CONTEXT);
    const namespace = this.options.namespace || env.GPUCTL_NAMESPACE;
    const { GPUCTL_LABEL_PREFIX: labelPrefix, GPUCTL_PROMETHEUS: prometheus } = env;
    return {
      ...(kubeconfig && { kubeconfig }),
      ...(context && { context }),
      ...(namespace && { namespace }),
      ...(labelPrefix && { labelPrefix }),
      ...(prometheus && { prometheus }),
    };
  }

  /** Asks a question that wants yes or no. Where nobody can answer, says that `--yes` is the way. */
  async isAgreed(question: string): Promise<boolean> {
    const { stdin, stderr } = this.ports;
    if (!stdin.isTTY || !stderr.isTTY) {
      await this.out.note(this.t('cli.ask.nobody'));
      return false;
    }
    stderr.write(`${question} [${this.t('cli.ask.choices')}] `);
    const lines = createInterface({ input: stdin, terminal: false });
    const { promise, resolve } = Promise.withResolvers<string>();
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
    const stop = () => lines.close();
    this.signal.addEventListener('abort', stop);
    try {
      const answer = await promise;
      if (this.signal.aborted) throw cancelled();
      return /^(?:y|yes|是|好)$/i.test(answer.trim());
    } finally {
      this.signal.removeEventListener('abort', stop);
      lines.close();
    }
  }

  /** Sentences one after another, with a space between them where the language has one. */
  join = (...sentences: (string | undefined)[]): string =>
    sentences.filter((one) => one).join(this.language === 'zh-cn' ? '' : ' ');

  /** Tells of a failure: what failed, its sentence, what to do, and the raw cause where that was asked for. */
  async tell(failure: unknown, what?: string): Promise<void> {
    const title = `${what ? `${what}: ` : ''}${this.out.style('red', this.t('cli.severity.error'), 'stderr')}`;
    if (failure instanceof UsageError) {
      await this.out.note(this.join(title, this.say(failure.say)));
      return;
    }
    const error = asGpuctlError(failure);
    const hint = error.hint && HINTS[error.hint.key] ? message(HINTS[error.hint.key] as HintKey) : error.hint;
    await this.out.note(this.join(title, this.say(error.say), hint && this.say(hint)));
    if (!error.detail) return;
    if (this.options.details) await this.out.note(error.detail.replace(/^/gm, '  '));
    else if (error.code === 'internal') await this.out.note(this.t('cli.details.hint'));
  }
}
