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
    live: '/v2/health/live',
    metrics: {
      port: 8002,
      path: '/metrics',
      names: { queue: 'nv_inference_pending_request_count', requests: 'nv_inference_request_success' },
    },
  },
};
