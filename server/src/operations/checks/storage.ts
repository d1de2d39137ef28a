import { message } from '../../../../l10n/index.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import type { Check } from './check.ts';
import { toList } from './gpus.ts';

/** Provisioners whose volumes several nodes can mount for writing at once: network file systems, by their usual names. */
const SHARED =
  /nfs|cephfs|juicefs|lustre|gluster|beegfs|weka|gpfs|spectrum-?scale|longhorn|efs\.csi\.aws|fsx\.csi\.aws|filestore|file\.csi\.azure|azure-file|nasplugin|cpfs|csi\.cfs|sfsturbo|sfs\.csi|nas\.csi|quobyte|moosefs|portworx|vast/i;
/** Provisioners of disks and of folders of one node: one node at a time. */
const SINGLE =
  /ebs\.csi|aws-ebs|pd\.csi\.storage\.gke|gce-pd|disk\.csi\.azure|azure-disk|diskplugin|csi\.cbs|disk\.csi\.everest|rbd|topolvm|lvm|local-path|hostpath|no-provisioner|zfs|linstor|cinder|openebs\.io\/local/i;
const DEFAULT = 'storageclass.kubernetes.io/is-default-class';

/** Where checkpoints and notebooks are kept. */
export const STORAGE_CHECKS: readonly Check[] = [
  {
    id: 'shared-storage',
    area: 'storage',
    what: message('check.shared'),
    gives: message('check.shared.gives'),
    async look(probe) {
      const classes = await probe.storageClasses();
      const how = message('check.shared.how');
      if (!classes.length) return { status: 'missing', found: message('check.storage.none'), how };
      const shared = classes.filter((one) => SHARED.test(provisionerOf(one)));
      if (shared.length)
        return { status: 'good', found: message('check.shared.good', { list: toList(shared.map(nameOf)) }) };
      const open = classes.filter((one) => !SINGLE.test(provisionerOf(one)));
      const list = toList((open.length ? open : classes).map(nameOf));
      return open.length
        ? { status: 'unknown', found: message('check.shared.unknown', { list }), how: message('check.shared.ask') }
        : { status: 'missing', found: message('check.shared.single', { list }), how };
    },
  },
  {
    id: 'default-storage',
    area: 'storage',
    what: message('check.default-class'),
    gives: message('check.default-class.gives'),
    async look(probe) {
      const classes = await probe.storageClasses();
      const ours = classes.filter(({ metadata }) => metadata.annotations?.[DEFAULT] === 'true').map(nameText);
      if (ours.length) return { status: 'good', found: message('check.default-class.good', { list: toList(ours) }) };
      const found = classes.length
        ? message('check.default-class.none', { count: classes.length, list: toList(classes.map(nameText)) })
        : message('check.storage.none');
      return { status: 'missing', found, how: message('check.default-class.how') };
    },
  },
];

const provisionerOf = (object: KubeObject): string => String((object as { provisioner?: string }).provisioner ?? '');
const nameText = ({ metadata }: KubeObject): string => metadata.name;
const nameOf = (object: KubeObject): string => `${object.metadata.name} (${provisionerOf(object)})`;
