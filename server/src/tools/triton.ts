import type { Tool } from './tool.ts';

export const triton: Tool = {
  name: 'triton',
  title: 'Triton',
  starts: [['tritonserver']],
  images: /^tritonserver(?:-|$)/,
  needs: ['tritonserver'],
  server: {
    port: 8000,
    portFlags: ['--http-port'],
    hostFlags: ['--http-address'],
    health: '/v2/health/ready',
    metrics: { port: 8002, path: '/metrics', names: {} },
  },
};
