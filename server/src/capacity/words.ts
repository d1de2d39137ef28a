import { type Message, message } from '../../../l10n/index.ts';
import { formatBytes } from '../model/quantity.ts';
import type { Holder } from './holders.ts';

/** Of a longer list, the first so many are named. */
const NAMED = 3;

/** The word for a resource; its own name where there is none. */
export function resourceWord(resource: string): string | Message {
  if (resource === 'cpu') return message('verdict.resource.cpu');
  if (resource === 'memory') return message('verdict.resource.memory');
  if (resource === 'pods') return message('verdict.resource.pods');
  if (resource === 'ephemeral-storage') return message('verdict.resource.disk');
  return resource === 'nvidia.com/gpu' ? message('verdict.resource.gpus') : resource;
}

/** An amount as people write it: `400 GiB`, `32 cores`, `4`. */
export function amountWord(resource: string, amount: number): string | Message {
  if (resource === 'cpu') return message('verdict.cores', { count: toCores(amount) });
  if (resource === 'memory' || resource === 'ephemeral-storage') return formatBytes(Math.max(0, amount));
  return String(amount);
}

/** An amount with what it is of: `400 GiB of memory`, `32 cores`, `4 GPUs`, `4 rdma/hca`. */
export function amountOfWord(resource: string, amount: number): Message {
  if (resource === 'cpu') return message('verdict.amount.cpu', { count: toCores(amount) });
  if (resource === 'pods') return message('verdict.amount.pods', { count: amount });
  if (resource === 'nvidia.com/gpu') return message('verdict.amount.gpus', { count: amount });
  const of = resourceWord(resource);
  return typeof of === 'string'
    ? message('verdict.amount.other', { count: amount, of })
    : message('verdict.amount.bytes', { amount: amountWord(resource, amount), of });
}

/** An amount beside one of the same that says what it is of: `400 GiB`, `32`. */
export const bareAmount = (resource: string, amount: number): string | Message =>
  resource === 'cpu' ? String(toCores(amount)) : amountWord(resource, amount);

/** The number that decides between `is` and `are`; sizes are many. */
export const countOfAmount = (resource: string, amount: number): number =>
  resource === 'cpu' ? toCores(amount) : amount;

const toCores = (millicores: number): number => Number((millicores / 1000).toFixed(1));

/** Jobs with what they hold; `namespace` is where they need not say that they are. */
export function holderList(holders: readonly Holder[], home: string): string | Message {
  const named = holders.slice(0, NAMED).map(({ job, namespace, gpus }) => {
    if (gpus === 0) return job;
    return namespace === home
      ? message('verdict.holder', { job, gpus })
      : message('verdict.holder.elsewhere', { job, namespace, gpus });
  });
  const list = toList(named) ?? '';
  const count = holders.length - named.length;
  return count > 0 ? message('verdict.more', { list, count }) : list;
}

/** One part after the other, with the comma of the reader's language; `undefined` where there are none. */
export function toList(parts: readonly (string | Message)[]): string | Message | undefined {
  return parts.reduceRight<string | Message | undefined>(
    (rest, first) => (rest === undefined ? first : message('finding.capacity.list', { first, rest })),
    undefined,
  );
}

/** A moment of today as `17:40`, another with its day, in the time zone of this machine. */
export function clock(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const two = (number: number) => String(number).padStart(2, '0');
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return at.toDateString() === now.toDateString()
    ? time
    : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}
