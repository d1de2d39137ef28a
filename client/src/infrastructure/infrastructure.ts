import type { Commands } from './commands.ts';
import type { Configuration } from './configuration.ts';
import type { Connection } from './connection.ts';
import type { ErrorBoundary } from './errorBoundary.ts';
import type { Forwards } from './forwards.ts';
import type { Interests } from './interests.ts';
import type { Server } from './server.ts';
import type { Texts } from './texts.ts';

/** What every feature is given. `extension.ts` makes it, once. */
export interface Infrastructure {
  boundary: ErrorBoundary;
  commands: Commands;
  configuration: Configuration;
  connection: Connection;
  forwards: Forwards;
  interests: Interests;
  server: Server;
  texts: Texts;
}
