import { message } from '../../../../l10n/index.ts';
import type { Change, Fix, Path } from '../../model/finding.ts';
import type { InferenceModel } from '../inference/model.ts';
import type { JobModel, Workdir } from '../kind.ts';
import type { Hit, Rule } from '../rule.ts';
import type { TrainingModel } from '../training/model.ts';

const DIRS = ['storage', 'workdirs'];

/** Pods that run at once, or may when the job is scaled. */
const podsOf = (model: JobModel): number =>
  Math.max(model.demand.pods, (model as Partial<InferenceModel>).autoscaling?.maxReplicas ?? 1);

const outputOf = (model: JobModel): TrainingModel['output'] =>
  model.kind === 'training' ? (model as TrainingModel).output : { dir: undefined, resumeFromCheckpoint: false };

/** Without doubled and trailing slashes. */
const plain = (path: string): string => path.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');

/** The workdir that a directory lies in; a relative one begins at the first. */
function homeOf(dir: string, workdirs: readonly Workdir[]): Workdir | undefined {
  if (!dir.startsWith('/')) return workdirs[0];
  const inside = `${plain(dir)}/`;
  let home: Workdir | undefined;
  let longest = 0;
  for (const workdir of workdirs) {
    const path = plain(workdir.path);
    if (path.length <= longest || !inside.startsWith(path === '/' ? path : `${path}/`)) continue;
    home = workdir;
    longest = path.length;
  }
  return home;
}

const remove = (path: Path): Change[] => [{ do: 'remove', path }];

const missingDir: Rule = {
  code: 'output.missing-dir',
  severity: 'warning',
  about: 'storage',
  check(model) {
    const { dir, resumeFromCheckpoint } = outputOf(model);
    if (!resumeFromCheckpoint || dir !== undefined) return [];
    const path = model.workdirs.findLast(({ readOnly }) => !readOnly)?.path ?? '/output';
    const value = plain(`${path}/${model.name}`);
    const add: Fix = {
      title: message('fix.add', { text: `dir: ${value}` }),
      changes: [{ do: 'set', path: ['output', 'dir'], value }],
    };
    return [{ path: ['output', 'resumeFromCheckpoint'], message: message('finding.output.missing-dir'), fixes: [add] }];
  },
};

/** A checkpoint to continue from has to outlive the place where the job ran. */
const notShared: Rule = {
  code: 'output.not-shared',
  severity: 'warning',
  about: 'storage',
  check(model) {
    const { dir, resumeFromCheckpoint } = outputOf(model);
    if (!resumeFromCheckpoint || dir === undefined) return [];
    const path = ['output', 'dir'];
    const home = homeOf(dir, model.workdirs);
    if (!home) {
      const workdir = { path: plain(dir) };
      const mount: Fix = {
        title: message('fix.mount', { path: workdir.path }),
        changes: [{ do: 'append', path: DIRS, value: workdir }],
      };
      return [
        {
          path,
          message: message('finding.output.not-shared', { dir }),
          ...(dir.startsWith('/') && model.demand.pods === 1 && { fixes: [mount] }),
        },
      ];
    }
    const nodes = model.demand.pods;
    if (home.source.from !== 'hostPath' || nodes === 1) return [];
    // Nobody knows from here whether the nodes mount the same storage there, as many sites do.
    return [{ path, severity: 'information', message: message('finding.output.not-shared.host-path', { dir, nodes }) }];
  },
};

const readOnlyOutput: Rule = {
  code: 'output.read-only',
  severity: 'warning',
  about: 'storage',
  check(model) {
    const { dir } = outputOf(model);
    const home = dir === undefined ? undefined : homeOf(dir, model.workdirs);
    if (dir === undefined || !home?.readOnly) return [];
    const index = model.workdirs.indexOf(home);
    const fixes: Fix[] = [
      { title: message('fix.remove', { key: 'readOnly' }), changes: remove([...DIRS, index, 'readOnly']) },
    ];
    const said = message('finding.output.read-only', { dir, path: home.path });
    return [{ path: ['output', 'dir'], message: said, fixes }];
  },
};

/** Storage that is made for the job, for more than one pod: many classes let only one node have it. */
const sharedWriter: Rule = {
  code: 'storage.shared-writer',
  severity: 'warning',
  about: 'storage',
  check(model) {
    const pods = podsOf(model);
    if (pods < 2) return [];
    return model.workdirs.flatMap(({ source, readOnly }, index): Hit[] => {
      if (source.from !== 'new' || readOnly) return [];
      const { storageClass } = source;
      const said =
        storageClass === undefined
          ? message('finding.storage.shared-writer', { pods })
          : message('finding.storage.shared-writer.class', { pods, storageClass });
      return [
        {
          path: [...DIRS, index, 'size'],
          message: said,
          ...(storageClass !== undefined && { severity: 'hint' }),
        },
      ];
    });
  },
};

/** One finding, at the first such directory: to each it applies alike. */
const hostPathNodes: Rule = {
  code: 'storage.host-path-nodes',
  severity: 'information',
  about: 'storage',
  check(model) {
    const pods = podsOf(model);
    const { dir, resumeFromCheckpoint } = outputOf(model);
    // Of the output it is said there.
    const told = resumeFromCheckpoint && dir !== undefined ? homeOf(dir, model.workdirs) : undefined;
    const local = model.workdirs.flatMap((workdir, index) =>
      workdir.source.from === 'hostPath' && workdir !== told ? [{ path: workdir.path, index }] : [],
    );
    const [first] = local;
    if (pods < 2 || !first) return [];
    const paths = local.map(({ path }) => `\`${path}\``).join(', ');
    return [
      {
        path: [...DIRS, first.index, 'path'],
        message: message('finding.storage.host-path-nodes', { count: local.length, paths, pods }),
      },
    ];
  },
};

/** Keys that say where a workdir comes from, the one that counts first; see `toWorkdir`. */
const SOURCES = ['claim', 'nfs', 'size', 'hostPath'] as const;

const itemsOf = (model: JobModel) => model.sections.storage?.workdirs ?? [];

const twoSources: Rule = {
  code: 'storage.two-sources',
  severity: 'warning',
  about: 'storage',
  check: (model) =>
    itemsOf(model).flatMap((item, index): Hit[] => {
      const [used, ...others] = SOURCES.filter((key) => item[key] !== undefined);
      return others.map((key) => ({
        path: [...DIRS, index, key],
        at: 'key',
        message: message('finding.storage.two-sources', { key, used: used ?? '' }),
        tag: 'unnecessary',
        fixes: [
          {
            title: message('fix.remove', { key }),
            changes: remove([...DIRS, index, key]),
          },
        ],
      }));
    }),
};

const classWithoutSize: Rule = {
  code: 'storage.class-without-size',
  severity: 'warning',
  about: 'storage',
  check: (model) =>
    itemsOf(model).flatMap((item, index): Hit[] => {
      const used = SOURCES.find((key) => item[key] !== undefined) ?? 'hostPath';
      if (item.storageClass === undefined || used === 'size') return [];
      const add: Fix = {
        title: message('fix.add', { text: 'size: 100Gi' }),
        changes: [{ do: 'set', path: [...DIRS, index, 'size'], value: '100Gi' }],
      };
      const fixes: Fix[] = [
        ...(used === 'hostPath' && item.hostPath === undefined ? [add] : []),
        { title: message('fix.remove', { key: 'storageClass' }), changes: remove([...DIRS, index, 'storageClass']) },
      ];
      return [
        {
          path: [...DIRS, index, 'storageClass'],
          at: 'key',
          message: message('finding.storage.class-without-size'),
          tag: 'unnecessary',
          fixes,
        },
      ];
    }),
};

const pathTwice: Rule = {
  code: 'storage.path-twice',
  severity: 'error',
  about: 'storage',
  firm: true,
  check(model) {
    const taken = new Set(model.demand.gpusPerPod > 0 ? ['/dev/shm'] : []);
    const ours = new Set(taken);
    return model.workdirs.flatMap((workdir, index): Hit[] => {
      const path = plain(workdir.path);
      if (!taken.has(path)) {
        taken.add(path);
        return [];
      }
      return [
        {
          path: [...DIRS, index, 'path'],
          message: message(ours.has(path) ? 'finding.storage.path-twice.shm' : 'finding.storage.path-twice', { path }),
          fixes: [{ title: message('fix.remove', { key: path }), changes: remove([...DIRS, index]) }],
        },
      ];
    });
  },
};

export const STORAGE_RULES: readonly Rule[] = [
  missingDir,
  notShared,
  readOnlyOutput,
  pathTwice,
  twoSources,
  classWithoutSize,
  sharedWriter,
  hostPathNodes,
];
