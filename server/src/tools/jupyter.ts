import type { Tool } from './tool.ts';

export const jupyter: Tool = {
  name: 'jupyter',
  title: 'Jupyter',
  starts: [
    ['jupyter', 'lab'],
    ['jupyter', 'notebook'],
    ['jupyter', 'server'],
    ['jupyter-lab'],
    ['jupyter-notebook'],
    ['jupyter-server'],
    ['start-notebook.sh'],
    ['start-notebook.py'],
    ['start-singleuser.sh'],
    ['start-singleuser.py'],
    ['-m', 'jupyter', 'lab'],
    ['-m', 'jupyterlab'],
  ],
  images: /^(?:jupyter|(?:base|minimal|scipy|datascience|pytorch|tensorflow|pyspark|all-spark|r|julia)-notebook$)/,
  needs: ['jupyter'],
  server: {
    port: 8888,
    portFlags: ['--port', '--ServerApp.port', '--NotebookApp.port'],
    portEnv: 'JUPYTER_PORT',
    hostFlags: ['--ip', '--ServerApp.ip', '--NotebookApp.ip'],
    health: '/api',
  },
};
