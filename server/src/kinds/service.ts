import { parseDuration } from '../model/duration.ts';
import type { ServiceModel } from './kind.ts';

/** The section `service`, as the schemas let it through. */
export interface ServiceSection {
  replicas?: number;
  port?: number;
  healthCheck?: string;
  timeout?: string | number;
  expose?: ServiceModel['expose'];
}

/** Reads the section `service`. `healthCheck`: the path where the program that is served answers, if it is known. */
export function toService(section: ServiceSection = {}, healthCheck?: string): ServiceModel {
  return {
    replicas: section.replicas ?? 1,
    port: section.port ?? 8000,
    healthCheck: section.healthCheck ?? healthCheck,
    timeoutSeconds: parseDuration(section.timeout),
    expose: section.expose ?? 'cluster',
  };
}
