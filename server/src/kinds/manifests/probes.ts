import { SERVICE_PORT } from './service.ts';

const STARTUP_PERIOD = 10;

/**
 * Probes of a service by its health path. Until it has answered once, for `startupSeconds` at most, only that is asked: a model may take
 * long to load, and a program that ends by itself is started again at once all the same. Then it gets requests as long as it answers in
 * time, and is started anew only after two minutes without any answer: a server under load answers late.
 */
export function buildProbes(path: string, startupSeconds: number, live = path): object {
  const get = (at: string) => ({ httpGet: { path: at, port: SERVICE_PORT } });
  return {
    startupProbe: {
      ...get(path),
      periodSeconds: STARTUP_PERIOD,
      timeoutSeconds: 5,
      failureThreshold: Math.ceil(startupSeconds / STARTUP_PERIOD),
    },
    readinessProbe: { ...get(path), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...get(live), periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
  };
}
