import type { Text } from './text.ts';

/** Inside a job: its Python programs, the debugger, TensorBoard. */
export const insideTexts = {
  'inside.no-python': {
    en: 'The image of this job has no Python, so there is nothing of that kind in it.',
    zh: '此任务的镜像中没有 Python。',
  },
  'inside.failed': {
    en: 'A program that gpuctl started in the job ended otherwise than planned.',
    zh: 'gpuctl 在任务中启动的程序异常结束。',
  },
  'debug.no-process': {
    en: 'No Python program runs in this part of the job at this moment.',
    zh: '任务的这一部分当前没有正在运行的 Python 程序。',
  },
  'debug.ended': {
    en: 'The program has ended meanwhile, so there is nothing to debug.',
    zh: '该程序已结束，无法调试。',
  },
  'debug.no-debugpy': {
    en: 'The Python of this job has no `debugpy`. Install it there: `{python} -m pip install debugpy` in a terminal of the job, or in its image.',
    zh: '此任务的 Python 中没有 `debugpy`。请安装：在任务的终端中运行 `{python} -m pip install debugpy`，或将其加入镜像。',
  },
  'debug.no-gdb': {
    en: 'To get into a program that runs already, the debugger of Python needs `gdb` (or Python 3.14), and the image of this job has none.',
    zh: '要附加到正在运行的程序，Python 调试器需要 `gdb`（或 Python 3.14），而此任务的镜像中没有。',
  },
  'debug.no-ptrace': {
    en: 'The cluster does not let the debugger into a program that runs already.',
    zh: '集群不允许调试器附加到正在运行的程序。',
  },
  'debug.start-with': {
    en: 'Or start the program with the debugger: `python -m debugpy --listen 5678 train.py` in `command`. It works at full speed until you attach.',
    zh: '也可以让程序带调试器启动：在 `command` 中写 `python -m debugpy --listen 5678 train.py`。附加之前，程序以全速运行。',
  },
  'tensorboard.missing': {
    en: 'The Python of this job has no TensorBoard. Install it there: `python -m pip install tensorboard` in a terminal of the job, or in its image.',
    zh: '此任务的 Python 中没有 TensorBoard。请安装：在任务的终端中运行 `python -m pip install tensorboard`，或将其加入镜像。',
  },
  'tensorboard.no-events': {
    en: 'There is nothing for TensorBoard in {folders} yet. Let the program write it there: `SummaryWriter("runs")`, or `report_to: tensorboard`.',
    zh: '{folders} 中尚无可供 TensorBoard 显示的内容。请让程序写入该处：`SummaryWriter("runs")`，或 `report_to: tensorboard`。',
  },

  'ui.debug.pick': { en: 'Attach the Python Debugger to a Job', zh: '将 Python 调试器附加到任务' },
  'ui.debug.which': { en: 'Which part of {name}?', zh: '选择 {name} 的哪一部分？' },
  'ui.debug.program': { en: 'Which program of {name}?', zh: '选择 {name} 的哪个程序？' },
  'ui.debug.notRunning': {
    en: 'No part of “{name}” runs at this moment, so there is nothing to debug.',
    zh: '“{name}”当前没有正在运行的部分，无法调试。',
  },
  'ui.debug.looking': { en: 'Looking for Python programs of {name}', zh: '正在查找 {name} 的 Python 程序' },
  'ui.debug.attaching': { en: 'Letting the debugger into {program}', zh: '正在将调试器附加到 {program}' },
  'ui.debug.others': {
    en: 'While this program is stopped, the others wait for it. After the time limit of their communication (NCCL: 10 minutes unless set otherwise) they end with an error.',
    zh: '此程序暂停时，其他程序会等待它；超过通信时限（NCCL 默认 10 分钟）后，它们会报错退出。',
  },
  'ui.debug.noExtension': {
    en: 'To debug Python, VS Code needs the extension Python Debugger.',
    zh: '要调试 Python，VS Code 需要安装 Python Debugger 扩展。',
  },
  'ui.debug.install': { en: 'Show Extension', zh: '查看扩展' },
  'ui.tensorboard.pick': { en: 'Show TensorBoard of a Job', zh: '打开任务的 TensorBoard' },
  'ui.tensorboard.which': { en: 'TensorBoard of which part of {name}?', zh: '打开 {name} 哪一部分的 TensorBoard？' },
  'ui.tensorboard.notRunning': {
    en: 'No part of “{name}” runs at this moment. Download what it wrote from a notebook with the same storage, or start the job again.',
    zh: '“{name}”当前没有正在运行的部分。请从使用相同存储的 Notebook 下载其输出，或重新启动任务。',
  },
  'ui.tensorboard.starting': { en: 'Starting TensorBoard in {name}', zh: '正在 {name} 中启动 TensorBoard' },
  'ui.tensorboard.shows': { en: 'TensorBoard shows {folder} of {name}.', zh: 'TensorBoard 显示 {name} 的 {folder}。' },
} as const satisfies Record<string, Text>;
