import { stringify } from 'yaml';
import { type Message, message } from '../../../../l10n/index.ts';
import { LABEL_PREFIXES } from '../../model/kubeObject.ts';
import { nearest } from '../../model/nearest.ts';
import type { BuiltSettings, NodeLabels } from '../manifests/built.ts';
import { MANAGED } from '../manifests/metadata.ts';
import type { Site, SiteNode } from '../manifests/site.ts';
import type { PoolModel } from './model.ts';

/** Namespace of what is ours and belongs to the whole cluster: the configuration of pools. */
export const SYSTEM_NAMESPACE = 'gpuctl-system';

/** Name of the ConfigMap that keeps the document of a pool. */
export const poolConfigMap = (pool: string): string => `gpuctl-pool-${pool}`;

const POOL_LABELS = LABEL_PREFIXES.map((prefix) => `${prefix}/pool`);
const TYPE_LABELS = LABEL_PREFIXES.flatMap((prefix) => [`${prefix}/gpu-type`, `${prefix}/gpuType`]);

/** Unknown nodes that are named; nearest names cost time, and nobody reads a thousand sentences. */
const NAMED = 3;

/**
 * A pool becomes a ConfigMap with its document, and labels of nodes. The labels are the truth of membership: a node that bears the
 * pool's label and is not listed leaves it. Where no node is known (offline), every listed one counts as bare.
 */
export function buildPool(model: PoolModel, site: Site): BuiltSettings {
  const { name, nodes, sections } = model;
  const isKnown = site.nodes.length > 0;
  const known = new Map(site.nodes.map((node) => [node.name, node]));
  const listed = new Set(nodes.map((node) => node.name));
  const joining = nodes.flatMap((wanted): NodeLabels[] => {
    const bare: SiteNode = { name: wanted.name, labels: {}, pool: undefined };
    const node = isKnown ? known.get(wanted.name) : bare;
    if (!node) return [];
    const labels = {
      ...onlyValue(node, POOL_LABELS, `${site.prefix}/pool`, name),
      ...(wanted.gpuType !== undefined && onlyValue(node, TYPE_LABELS, `${site.prefix}/gpu-type`, wanted.gpuType)),
    };
    const from = POOL_LABELS.map((key) => node.labels[key]).find((pool) => pool !== undefined && pool !== name);
    return Object.keys(labels).length ? [{ node: node.name, labels, from }] : [];
  });
  return {
    kept: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: SYSTEM_NAMESPACE, labels: { ...MANAGED } } }],
    applied: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: poolConfigMap(name), namespace: SYSTEM_NAMESPACE, labels: { ...MANAGED } },
        data: {
          'pool.yaml': site.annotations.source ?? stringify(sections),
          nodes: nodes.map((node) => `${node.name}\n`).join(''),
        },
      },
    ],
    obsolete: undefined,
    nodes: [...joining, ...leavingNodes(name, site.nodes, listed)],
    leftOut: unknownNodes(
      nodes.map((node) => node.name).filter((node) => isKnown && !known.has(node)),
      [...known.keys()].filter((node) => !listed.has(node)),
    ),
  };
}

/** What nodes of a pool lose that are not among those that stay: every label of ours, under both prefixes. */
export function leavingNodes(pool: string, nodes: readonly SiteNode[], staying: ReadonlySet<string>): NodeLabels[] {
  return nodes.flatMap(({ name, labels }): NodeLabels[] => {
    const mine = POOL_LABELS.filter((key) => labels[key] === pool);
    if (!mine.length || staying.has(name)) return [];
    const isElsewhere = POOL_LABELS.some((key) => labels[key] !== undefined && labels[key] !== pool);
    const types = isElsewhere ? [] : TYPE_LABELS.filter((key) => labels[key] !== undefined);
    return [{ node: name, labels: Object.fromEntries([...mine, ...types].map((key) => [key, null])), from: undefined }];
  });
}

/**
 * Changes after which a node says one thing, whichever of the labels it says it by: others go. Where one says it already, under
 * whichever prefix, it stays, since what runs may have been placed by it.
 */
function onlyValue({ labels }: SiteNode, keys: readonly string[], own: string, value: string) {
  const changes: Record<string, string | null> = {};
  for (const key of keys) if (labels[key] !== undefined && labels[key] !== value) changes[key] = null;
  if (!keys.some((key) => labels[key] === value)) changes[own] = value;
  return changes;
}

function unknownNodes(unknown: readonly string[], candidates: readonly string[]): Message[] {
  const named = unknown.slice(0, NAMED).map((node) => {
    const guess = nearest(node, candidates);
    return guess === undefined
      ? message('finding.pool.unknown-node', { node })
      : message('finding.pool.unknown-node.guess', { node, guess });
  });
  const count = unknown.length - named.length;
  return count ? [...named, message('settings.more-unknown-nodes', { count })] : named;
}
