import type { Text } from './text.ts';

/** Notebooks: the way in, what runs in them, their size. */
export const notebookTexts = {
  'notebook.kind': { en: '“{name}” is a {kind}, not a notebook.', zh: '“{name}”的类型是“{kind}”，不是 Notebook。' },
  'notebook.stopped': {
    en: 'The notebook “{name}” in {namespace} is stopped.',
    zh: '{namespace} 中的 Notebook“{name}”已停止。',
  },
  'notebook.stopped.hint': { en: 'Start it first. Its files are there.', zh: '请先启动它。文件仍然保留。' },
  'notebook.starting': { en: 'The notebook “{name}” does not run yet.', zh: 'Notebook“{name}”尚未运行。' },
  'notebook.starting.why': {
    en: 'The notebook “{name}” does not run yet: {why}',
    zh: 'Notebook“{name}”尚未运行：{why}',
  },
  'notebook.no-answer': {
    en: 'The notebook runs, but Jupyter in it did not answer.',
    zh: 'Notebook 正在运行，但其中的 Jupyter 没有响应。',
  },
  'notebook.no-token': {
    en: 'Jupyter answers, but its token could not be found.',
    zh: 'Jupyter 有响应，但未能找到其令牌（token）。',
  },
  'notebook.no-token.hint': {
    en: 'Leave the token to gpuctl: take it out of the command and of `environment.env`, then submit, stop and start the notebook.',
    zh: '建议由 gpuctl 管理令牌：从启动命令和 `environment.env` 中删除令牌，重新提交，然后停止并启动该 Notebook。',
  },
  'notebook.not-jupyter': {
    en: 'What answers on port {port} of the notebook is not Jupyter, or not at its usual place.',
    zh: 'Notebook 端口 {port} 上的程序不是 Jupyter，或不在其默认路径下。',
  },
  'notebook.not-jupyter.hint': {
    en: 'See its log. Where another program serves there, open it as a forward.',
    zh: '请查看日志。如果该端口由其他程序提供服务，请使用端口转发打开。',
  },
  'notebook.wrong-password': { en: 'Jupyter did not take this password.', zh: 'Jupyter 未接受该密码。' },
  'notebook.ticket.used': {
    en: 'This address was good once and for a minute. Open the notebook again in VS Code.',
    zh: '该地址仅在一分钟内有效，且只能使用一次。请在 VS Code 中重新打开 Notebook。',
  },

  'notebook.resize.stopped': {
    en: 'The notebook “{name}” has its new size and was stopped for it, but could not be started again.',
    zh: 'Notebook“{name}”的资源已修改，并已为此停止，但未能重新启动。',
  },
  'notebook.resize.stopped.hint': { en: 'Start it from its menu.', zh: '请从其菜单中启动。' },
  'notebook.resize.kind': { en: '“{name}” is not a notebook.', zh: '“{name}”不是 Notebook。' },
  'notebook.resize.bad': { en: '“{text}” is no amount that a notebook can have.', zh: '“{text}”不是有效的资源数量。' },
  'notebook.resize.first-gpu': {
    en: 'The notebook “{name}” was made without GPUs, so what it needs for them is not in place.',
    zh: 'Notebook“{name}”创建时未使用 GPU，缺少使用 GPU 所需的配置。',
  },
  'notebook.resize.first-gpu.hint': {
    en: 'Set `resources.gpu` in its file, submit it, then stop and start the notebook.',
    zh: '请在其文件中设置 `resources.gpu` 并提交，然后停止并启动该 Notebook。',
  },
  'notebook.resize.too-much': {
    en: 'The node of the notebook has not so much, so nothing was changed.',
    zh: 'Notebook 所在节点没有这么多资源，未做任何改动。',
  },
  'notebook.resize.too-much.hint': {
    en: 'Ask for less, or set it in its file, submit, then stop and start the notebook: it looks for another node.',
    zh: '请减少用量；或在其文件中修改并提交，然后停止并启动该 Notebook，以调度到其他节点。',
  },
  'notebook.resize.unserved': {
    en: 'This cluster cannot change the size of what runs (that needs Kubernetes 1.33 or newer).',
    zh: '该集群不支持调整运行中任务的资源（需要 Kubernetes 1.33 或更高版本）。',
  },
  'notebook.resize.no-limit': {
    en: 'The notebook was started without a limit of this, and cannot get one while it runs.',
    zh: '该 Notebook 启动时未设置此项上限，运行期间无法添加。',
  },
  'notebook.resize.not-here': { en: 'The cluster did not take it: {raw}', zh: '集群未接受该请求：{raw}' },
  'notebook.resize.going': { en: 'The node is making the change.', zh: '节点正在调整。' },
  'notebook.resize.waiting': {
    en: 'The node has no room for it now. It comes by itself when there is; kernels go on. {raw}',
    zh: '节点当前没有足够的空间，有空间后会自动生效；内核继续运行。{raw}',
  },
  'notebook.resize.never': {
    en: 'This node can never give so much. The notebook keeps what it has, and is given the new size when it is stopped and started. {raw}',
    zh: '该节点无法提供这么多资源。Notebook 保持现有资源，停止并启动后才会使用新的资源。{raw}',
  },
  'notebook.resize.failed': { en: 'The node could not make the change. {raw}', zh: '节点未能完成调整。{raw}' },

  'ui.notebook.collection': { en: 'gpuctl Notebooks', zh: 'gpuctl Notebook' },
  'ui.notebook.server': { en: '{name} in {namespace}', zh: '{name}（{namespace}）' },
  'ui.notebook.newCommand': { en: 'New GPU Notebook…', zh: '新建 GPU Notebook…' },
  'ui.notebook.newCommand.about': { en: 'on the GPU cluster', zh: '在 GPU 集群上' },
  'ui.notebook.pick': { en: 'Open which notebook?', zh: '打开哪个 Notebook？' },
  'ui.notebook.pickResize': { en: 'Resize which notebook?', zh: '调整哪个 Notebook？' },
  'ui.notebook.waiting': { en: 'Waiting for Jupyter in {name}', zh: '正在等待 {name} 中的 Jupyter' },
  'ui.notebook.password': { en: 'Password of the notebook {name}', zh: 'Notebook {name} 的密码' },
  'ui.notebook.password.prompt': {
    en: 'Its Jupyter was set up with a password. It is kept until this window closes, and nowhere else.',
    zh: '该 Jupyter 设置了密码。密码仅在此窗口关闭前保留，不会保存到其他地方。',
  },
  'ui.notebook.noJupyter': {
    en: 'The notebook {name} runs. To use it in this window, VS Code’s Jupyter extension is needed.',
    zh: 'Notebook {name} 正在运行。要在此窗口中使用，需要 VS Code 的 Jupyter 扩展。',
  },
  'ui.notebook.browser': { en: 'Open in Browser', zh: '在浏览器中打开' },
  'ui.notebook.install': { en: 'Show the Jupyter Extension', zh: '查看 Jupyter 扩展' },
  'ui.notebook.file': { en: 'Which file with {name}?', zh: '用 {name} 运行哪个文件？' },
  'ui.notebook.file.new': { en: 'New file', zh: '新文件' },
  'ui.notebook.file.new.about': { en: 'an empty .ipynb, not saved yet', zh: '空白 .ipynb，尚未保存' },
  'ui.notebook.step': {
    en: 'In the list above, choose “{collection}”, then {name}, then a kernel. VS Code asks this once for each file.',
    zh: '请在上方列表中依次选择“{collection}”、{name} 和一个内核。VS Code 对每个文件只询问一次。',
  },
  'ui.notebook.runs': { en: 'The notebook {name} runs.', zh: 'Notebook {name} 已开始运行。' },
  'ui.notebook.open': { en: 'Open', zh: '打开' },
  'ui.notebook.restarted': {
    en: 'The notebook {name} was started again: its kernels and all their variables are gone. What is in its storage is kept. It answers at {url} as before.',
    zh: 'Notebook {name} 已重新启动：其内核和所有变量均已丢失，存储中的文件保留。访问地址仍为 {url}。',
  },

  'ui.notebook.new.title': { en: 'New GPU Notebook', zh: '新建 GPU Notebook' },
  'ui.notebook.new.image': {
    en: 'Which image? It has Jupyter and what your notebooks import',
    zh: '使用哪个镜像？镜像中需包含 Jupyter 及所需的依赖',
  },
  'ui.notebook.new.image.wrong': { en: 'The name of an image has no spaces', zh: '镜像名称不能为空，也不能包含空格' },
  'ui.notebook.new.fits': { en: 'free on one node now', zh: '当前有单个节点空闲' },
  'ui.notebook.new.scattered': {
    en: '{free} free, but at most {largest} on one node',
    zh: '共空闲 {free} 张，但单个节点最多 {largest} 张',
  },
  'ui.notebook.new.waits': { en: '{free} free now: it would wait', zh: '当前仅空闲 {free} 张，需要排队' },
  'ui.notebook.new.never': { en: 'no node of the pool has so many', zh: '该资源池中没有节点具备这么多 GPU' },
  'ui.notebook.new.made': {
    en: 'Look it over, then submit it. When {name} runs, a message offers to open it.',
    zh: '请检查后提交。{name} 开始运行后，会有消息提示打开。',
  },
  'ui.notebook.new.submit': { en: 'Submit', zh: '提交' },

  'ui.notebook.size.title': { en: 'Resize {name}', zh: '调整 {name} 的资源' },
  'ui.notebook.size.cpu': { en: 'CPU', zh: 'CPU' },
  'ui.notebook.size.memory': { en: 'Memory', zh: '内存' },
  'ui.notebook.size.gpus': { en: 'GPUs', zh: 'GPU' },
  'ui.notebook.size.now': { en: '{amount} now', zh: '当前 {amount}' },
  'ui.notebook.size.next': { en: '{amount} from the next start on', zh: '下次启动后为 {amount}' },
  'ui.notebook.size.none': { en: 'no limit', zh: '无上限' },
  'ui.notebook.size.inPlace': { en: 'kernels go on, where the cluster can do that', zh: '集群支持时，内核继续运行' },
  'ui.notebook.size.restarts': {
    en: 'starts the notebook again: kernels are lost',
    zh: '会重新启动 Notebook，内核状态会丢失',
  },
  'ui.notebook.size.cpu.prompt': { en: 'Cores, such as 8 or 0.5', zh: 'CPU 核数，例如 8 或 0.5' },
  'ui.notebook.size.memory.prompt': {
    en: 'Such as 64Gi. With less than it uses, its program may be killed',
    zh: '例如 64Gi。如果低于当前用量，程序可能会被终止',
  },
  'ui.notebook.size.gpus.prompt': { en: 'A whole number', zh: '整数' },
  'ui.notebook.size.wrong': { en: 'This is no amount.', zh: '无效的数量。' },
  'ui.notebook.size.question': {
    en: 'Start {name} again with {gpus} {gpus|GPU|GPUs}?',
    zh: '使用 {gpus} 张 GPU 重新启动 {name}？',
  },
  'ui.notebook.size.lost': {
    en: 'GPUs cannot be changed while a notebook runs. {kernels} {kernels|kernel is|kernels are} lost with all variables.',
    zh: 'GPU 数量无法在运行中调整。{kernels} 个内核及其所有变量会丢失。',
  },
  'ui.notebook.size.lost.busy': {
    en: '{busy} of them {busy|is|are} computing now.',
    zh: '其中 {busy} 个正在计算。',
  },
  'ui.notebook.size.lost.none': {
    en: 'GPUs cannot be changed while a notebook runs. No kernel runs in it now.',
    zh: 'GPU 数量无法在运行中调整。当前没有正在运行的内核。',
  },
  'ui.notebook.size.lost.unknown': {
    en: 'GPUs cannot be changed while a notebook runs. All its kernels are lost with their variables.',
    zh: 'GPU 数量无法在运行中调整。所有内核及其变量都会丢失。',
  },
  'ui.notebook.size.kept': {
    en: 'Notebook files that are open in this window are saved first; its storage is kept. If there is no room for the new size, it waits.',
    zh: '此窗口中打开的 Notebook 文件会先保存；存储会保留。如果没有足够的资源，将会排队等待。',
  },
  'ui.notebook.size.confirm': { en: 'Save and Restart', zh: '保存并重启' },
  'ui.notebook.size.changing': { en: 'Resizing {name}', zh: '正在调整 {name}' },
  'ui.notebook.size.done': {
    en: '{name} has its new size, and keeps it. Its kernels went on. A later submit of its file sets what stands there.',
    zh: '{name} 的资源已调整并保留，内核未中断。之后再次提交其文件时，将以文件为准。',
  },
  'ui.notebook.size.later': {
    en: '{name} is given the new size when it is stopped and started.',
    zh: '{name} 停止并启动后将使用新的资源。',
  },
  'ui.notebook.size.restarted': {
    en: '{name} starts with {gpus} {gpus|GPU|GPUs}. Run its cells again from the top.',
    zh: '{name} 正在使用 {gpus} 张 GPU 启动。请从头重新运行单元格。',
  },
  'ui.notebook.size.same': { en: '{name} has this size already.', zh: '{name} 已是该配置。' },
  'ui.notebook.stopDetail': {
    en: 'Its GPUs become free. Its kernels and all their variables are lost; its storage is kept with the files in it, and it can be started again.',
    zh: '其 GPU 将被释放。内核及其所有变量会丢失；存储及其中的文件会保留，之后可再次启动。',
  },

  'ui.fact.kernels': { en: 'Kernels', zh: '内核' },
  'ui.notebook.kernels': { en: '{kernels}, {busy} computing', zh: '{kernels} 个，{busy} 个正在计算' },
  'ui.notebook.idle': { en: 'idle {age}', zh: '空闲 {age}' },
  'ui.notebook.computes': { en: 'computing', zh: '计算中' },
  'ui.notebook.offer': {
    en: 'Nothing has run in it for {age}, and it holds {gpus} {gpus|GPU|GPUs}. Stopping it frees them; its files are kept.',
    zh: '已空闲 {age}，仍占用 {gpus} 张 GPU。停止即可释放，文件会保留。',
  },
  'ui.jobs.open': { en: 'Open', zh: '打开' },
  'ui.jobs.stop': { en: 'Stop', zh: '停止' },
  'lens.notebook': { en: 'Open notebook', zh: '打开 Notebook' },
} as const satisfies Record<string, Text>;
