import { checkCluster, toReportDto } from '../../operations/checkCluster.ts';
import type { CheckLineDto, CheckStatus, ClusterReportDto } from '../../protocol.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { connect, withSession } from '../liveSession.ts';
import type { Style } from '../output.ts';
import { widthOf } from '../table.ts';

/** State as shape and colour; the word stands beside it. */
const MARKS: Record<CheckStatus, { mark: string; style: Style }> = {
  good: { mark: '✓', style: 'green' },
  missing: { mark: '✗', style: 'red' },
  unknown: { mark: '?', style: 'yellow' },
};

/** `doctor`: what the cluster has and lacks of what gpuctl can use, and what the person may do there. */
export function doctor(cli: Cli, _: string[], { output }: { output?: 'text' | 'json' }): Promise<number> {
  return withSession(cli, async (session) => {
    await connect(session, cli.reading);
    const report = toReportDto(await checkCluster(session, cli.reading), cli.say);
    if (output === 'json') await cli.out.json(toJson(report));
    else await print(cli, report);
    return report.fit ? EXIT.ok : EXIT.failed;
  });
}

const toJson = ({ areas, ...report }: ClusterReportDto) => ({
  version: 1,
  kind: 'checks',
  ...report,
  items: areas.flatMap(({ id: area, lines }) => lines.map(({ id, ...line }) => ({ id, area, ...line }))),
});

async function print(cli: Cli, { areas, cluster, context, namespace, fit }: ClusterReportDto): Promise<void> {
  const { out, t } = cli;
  await out.line(t('doctor.title', { cluster, context, namespace }));
  const width = Math.max(...Object.keys(MARKS).map((status) => widthOf(wordOf(cli, status as CheckStatus))));
  for (const { title, lines } of areas) {
    await out.line(`\n${out.style('bold', title)}`);
    for (const line of lines) await out.line(toText(cli, line, width));
  }
  await out.line(`\n${t(fit ? 'doctor.fit' : 'doctor.not-fit')}`);
}

const wordOf = ({ t }: Cli, status: CheckStatus): string => t(`check.status.${status}`);

function toText(cli: Cli, { status, needed, what, found, gives, how }: CheckLineDto, width: number): string {
  const { mark, style } = MARKS[status];
  const word = wordOf(cli, status);
  const state = cli.out.style(style, `${mark} ${word}`) + ' '.repeat(width - widthOf(word));
  const name = needed ? cli.t('doctor.needed', { what }) : what;
  const first = `${state}  ${cli.t('doctor.line', { what: name, found })}`;
  if (status === 'good') return first;
  const indent = ' '.repeat(width + 4);
  const more = [cli.t('doctor.gives', { gives }), ...(how ? [cli.t('doctor.how', { how })] : [])];
  return [first, ...more.map((line) => indent + cli.out.style('dim', line))].join('\n');
}
