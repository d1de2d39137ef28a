import type { GpuctlError } from '../operations/error.ts';
import { type Cluster, FIELD_MANAGER, type KubeObject, type ObjectRef, type Written } from '../operations/ports.ts';
import { createAccess } from './access.ts';
import type { Target } from './kubeconfig.ts';
import { listNames, listPages } from './list.ts';
import { readLog } from './log.ts';
import { type ReflectorTiming, reflect } from './reflector.ts';
import { toPath, toQuery } from './resources.ts';
import { type Answer, createTransport } from './transport.ts';

/** Opens a connection to one context; nothing is sent until something is asked for. */
export function createCluster(target: Target, env: NodeJS.ProcessEnv, timing?: Partial<ReflectorTiming>): Cluster {
  const transport = createTransport(target, env);
  const access = createAccess(transport);
  const watches = new Set<{ dispose(): void }>();
  const pathOf = (ref: ObjectRef) => toPath(ref, ref.name);
  const writing = (dryRun?: boolean, force?: boolean) =>
    toQuery({ fieldManager: FIELD_MANAGER, fieldValidation: 'Strict', dryRun: dryRun ? 'All' : undefined, force });
  const toWritten = ({ value, warnings }: Answer): Written => ({ object: value as KubeObject, warnings });

  return {
    context: target.context,
    async read(ref, options = {}) {
      try {
        const { value } = await transport.call({ ...options, method: 'GET', path: pathOf(ref) });
        return value as KubeObject;
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },
    async list(collection, options) {
      const { items } = await listPages(transport, collection, (object) => object, options);
      return items;
    },
    listNames: (collection, options) => listNames(transport, collection, options),
    async create(object, { dryRun, ...options } = {}) {
      const { apiVersion, kind, metadata } = object;
      const at = { apiVersion, kind, ...(metadata.namespace && { namespace: metadata.namespace }) };
      const path = toPath(at) + writing(dryRun);
      return toWritten(
        await transport.call({ ...options, method: 'POST', path, body: object, repeatable: dryRun === true }),
      );
    },
    async apply(object, { dryRun, force, ...options } = {}) {
      const { apiVersion, kind, metadata } = object;
      const at = { apiVersion, kind, ...(metadata.namespace && { namespace: metadata.namespace }) };
      const path = toPath(at, metadata.name) + writing(dryRun, force === true || undefined);
      const contentType = 'application/apply-patch+yaml';
      return toWritten(
        await transport.call({ ...options, method: 'PATCH', path, body: object, contentType, repeatable: true }),
      );
    },
    async resources(apiVersion, options = {}) {
      try {
        const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
        const { value } = await transport.call({ ...options, method: 'GET', path });
        return ((value as { resources?: { name: string }[] }).resources ?? []).map(({ name }) => name);
      } catch (error) {
        if ((error as GpuctlError).status === 404) return undefined;
        throw error;
      }
    },
    async patch(ref, change, { dryRun, subresource, ...options } = {}) {
      const path = pathOf(ref) + (subresource === undefined ? '' : `/${subresource}`) + writing(dryRun);
      const contentType = 'application/merge-patch+json';
      return toWritten(
        await transport.call({
          ...options,
          method: 'PATCH',
          path,
          body: change,
          contentType,
          repeatable: dryRun === true,
        }),
      );
    },
    async remove(ref, { uid, propagation, ...options } = {}) {
      const body = {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        ...(uid && { preconditions: { uid } }),
        ...(propagation && { propagationPolicy: propagation }),
      };
      try {
        await transport.call({ ...options, method: 'DELETE', path: pathOf(ref), body });
        return true;
      } catch (error) {
        // With the UID of an object that is gone, 409 says that another of the same name is there.
        if (isGone(error) || (uid && /UID in (the )?precondition/.test((error as GpuctlError).detail ?? '')))
          return false;
        throw error;
      }
    },
    watch(options) {
      const running = reflect(transport, options, timing);
      const watch = {
        dispose() {
          running.dispose();
          watches.delete(watch);
        },
      };
      watches.add(watch);
      return watch;
    },
    log: (pod, options) => readLog(transport, pod, options),
    async exec(pod, options) {
      const { openExec } = await import('./exec.ts');
      return openExec(transport, pod, options);
    },
    async forward(pod, signal) {
      const { openPortForward } = await import('./portForward.ts');
      return openPortForward(transport, pod, signal);
    },
    async version(options = {}) {
      const { value } = await transport.call({ ...options, method: 'GET', path: '/version' });
      return (value as { gitVersion?: string }).gitVersion ?? '';
    },
    mayI: access.mayI,
    whoAmI: access.whoAmI,
    close() {
      for (const watch of watches) watch.dispose();
      transport.close();
    },
  };
}

/** Not there; but not where the cluster has no such kind. */
const isGone = (error: unknown) => {
  const { status, code } = error as GpuctlError;
  return status === 404 && code !== 'connection.no-such-api' && code !== 'connection.not-kubernetes';
};
