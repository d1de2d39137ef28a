import type { Cli } from '../cli.ts';
import { EXIT } from '../exit.ts';

/** `version`: which gpuctl this is, and what runs it. */
export async function version(cli: Cli, _: string[], { output }: { output?: 'text' | 'json' }): Promise<number> {
  const facts = {
    version: cli.ports.version,
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
  };
  if (output === 'json') await cli.out.json(facts);
  else await cli.out.line(`gpuctl ${facts.version} (Node ${facts.node}, ${facts.platform})`);
  return EXIT.ok;
}
