import type { Tool } from './tool.ts';

export const sglang: Tool = {
  name: 'sglang',
  title: 'SGLang',
  starts: [
    ['-m', 'sglang.launch_server'],
    ['sglang', 'serve'],
  ],
  images: /^sglang(?:-|$)/,
  needs: ['sglang'],
  server: {
    port: 30000,
    portFlags: ['--port'],
    hostFlags: ['--host'],
    localOnly: true,
    health: '/health',
    metrics: {
      path: '/metrics',
      flag: '--enable-metrics',
      names: {
        running: 'sglang:num_running_reqs',
        queue: 'sglang:num_queue_reqs',
        cache: 'sglang:token_usage',
        requests: 'sglang:num_requests_total',
      },
    },
  },
  parallel: {
    tensor: ['--tp', '--tp-size', '--tensor-parallel-size'],
    leftOut: 'one',
    pipeline: ['--pp-size', '--pp', '--pipeline-parallel-size'],
    data: ['--dp-size', '--dp', '--data-parallel-size'],
    others: [],
    dataWithin: ['--enable-dp-attention'],
    elsewhere: ['--config', '--nnodes', '--node-rank', '--dist-init-addr', '--base-gpu-id', '--gpu-id-step'],
  },
  features: [
    { feature: 'bf16', without: 'depends', flags: ['--dtype'], values: ['bfloat16'], instead: 'float16' },
    { feature: 'fp8', without: 'slower', flags: ['--quantization'], values: ['fp8', 'w8a8_fp8'] },
    { feature: 'fp8', without: 'slower', flags: ['--kv-cache-dtype'], values: ['fp8_e4m3', 'fp8_e5m2'] },
    {
      feature: 'flash-attention-3',
      without: 'refuses',
      flags: ['--attention-backend'],
      values: ['fa3'],
      instead: 'flashinfer',
    },
  ],
  minCapability: 7.5,
};
