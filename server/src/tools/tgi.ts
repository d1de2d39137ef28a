import type { Tool } from './tool.ts';

export const tgi: Tool = {
  name: 'tgi',
  title: 'TGI',
  starts: [['text-generation-launcher']],
  images: /^text-generation-inference(?:-|$)/,
  startedByImage: /^text-generation-inference$/,
  needs: ['text-generation-launcher'],
  server: {
    port: 80,
    portFlags: ['--port', '-p'],
    portEnv: 'PORT',
    hostFlags: ['--hostname'],
    health: '/health',
    metrics: { path: '/metrics', names: { queue: 'tgi_queue_size', requests: 'tgi_request_count' } },
  },
  parallel: {
    tensor: ['--num-shard'],
    leftOut: 'all',
    pipeline: [],
    data: [],
    others: [],
    dataWithin: [],
    elsewhere: ['--sharded'],
  },
  features: [{ feature: 'bf16', without: 'depends', flags: ['--dtype'], values: ['bfloat16'], instead: 'float16' }],
};
