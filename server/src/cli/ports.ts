import type { Readable, Writable } from 'node:stream';
import type { Clusters } from '../operations/ports.ts';

/** A stream that may be a terminal. */
export type Screen = Writable & { isTTY?: boolean };

/** What the command line needs from outside itself. */
export interface CliPorts {
  version: string;
  clusters: Clusters;
  env: Readonly<NodeJS.ProcessEnv>;
  stdin: Readable & { isTTY?: boolean };
  stdout: Screen;
  stderr: Screen;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}
