import type { Text } from './text.ts';

/** The first steps, as VS Code shows them on its welcome page. Pictures are made by `test/ui/walkthroughPictures.ts`. */
export const walkthroughTexts = {
  'manifest.walkthrough.title': { en: 'Run Your First GPU Job', zh: '运行第一个 GPU 任务' },
  'manifest.walkthrough.description': {
    en: 'From a YAML file to a finished job and a notebook, in five steps.',
    zh: '五步完成从 YAML 文件到任务结束，再到 Notebook 的全过程。',
  },
  'manifest.walkthrough.connect': { en: 'Connect to a Cluster', zh: '连接集群' },
  'manifest.walkthrough.connect.text': {
    en: 'gpuctl reads the kubeconfig that you were given, and never writes it. Choose the cluster, then the namespace that you work in. Both stand in the status bar, with the GPUs that are free.\n[Choose Cluster](command:gpuctl.target.select)\nNo kubeconfig yet? Ask whoever looks after the cluster, then [open it](command:gpuctl.kubeconfig.open).',
    zh: 'gpuctl 读取您获得的 kubeconfig，且从不改写它。请选择集群，再选择您所用的命名空间。两者都会显示在状态栏中，并附上空闲的 GPU 数量。\n[选择集群](command:gpuctl.target.select)\n还没有 kubeconfig？请向集群管理员索取，然后[打开它](command:gpuctl.kubeconfig.open)。',
  },
  'manifest.walkthrough.connect.image': {
    en: 'media/walkthrough-connect.png',
    zh: 'media/walkthrough-connect.zh-cn.png',
  },
  'manifest.walkthrough.connect.alt': {
    en: 'The pools of a cluster with what is free in them',
    zh: '集群的资源池及其空闲情况',
  },
  'manifest.walkthrough.submit': { en: 'Write and Submit a Job', zh: '编写并提交任务' },
  'manifest.walkthrough.submit.text': {
    en: 'Begin with a new file, or open one whose name ends in .gpuctl.yaml. While you write, the line above it says whether the job fits into the cluster now. Press “Submit” there.\n[New gpuctl File…](command:gpuctl.job.newFile)\n[Submit the Open File](command:gpuctl.job.submit)',
    zh: '新建一个文件，或打开名称以 .gpuctl.yaml 结尾的文件。编写时，首行上方会说明任务现在能否在集群中运行。点击那里的“提交”。\n[新建 gpuctl 文件…](command:gpuctl.job.newFile)\n[提交打开的文件](command:gpuctl.job.submit)',
  },
  'manifest.walkthrough.submit.image': {
    en: 'media/walkthrough-submit.png',
    zh: 'media/walkthrough-submit.zh-cn.png',
  },
  'manifest.walkthrough.submit.alt': {
    en: 'A job in the editor, with “Submit” and its verdict above it',
    zh: '编辑器中的任务，上方是“提交”和能否运行的判断',
  },
  'manifest.walkthrough.watch': { en: 'Watch It Run', zh: '查看运行情况' },
  'manifest.walkthrough.watch.text': {
    en: 'The job stands among the jobs at the side, and says what it is doing. Its log comes as it is printed.\n[Show Jobs and Pools](command:workbench.view.extension.gpuctl)\n[Show Log…](command:gpuctl.job.log)',
    zh: '任务显示在侧边栏中，并说明其状态。日志会实时输出。\n[显示任务和资源池](command:workbench.view.extension.gpuctl)\n[查看日志…](command:gpuctl.job.log)',
  },
  'manifest.walkthrough.watch.image': {
    en: 'media/walkthrough-watch.png',
    zh: 'media/walkthrough-watch.zh-cn.png',
  },
  'manifest.walkthrough.watch.alt': { en: 'A running job and its log', zh: '运行中的任务及其日志' },
  'manifest.walkthrough.mend': { en: 'When a Job Fails: Why, Mend, Go On', zh: '任务失败：查原因、修正、继续' },
  'manifest.walkthrough.mend.text': {
    en: 'A failed job says which rank failed first, and why. Mend its file and submit it again, or resume it as it is: it goes on from its checkpoint.\n[Why It Failed…](command:gpuctl.job.why)\n[Resume Job…](command:gpuctl.job.resume)',
    zh: '失败的任务会说明哪个 rank 最先失败以及原因。修正文件后再次提交，或直接继续：任务会从检查点接着运行。\n[失败原因…](command:gpuctl.job.why)\n[继续任务…](command:gpuctl.job.resume)',
  },
  'manifest.walkthrough.mend.image': { en: 'media/walkthrough-mend.png', zh: 'media/walkthrough-mend.zh-cn.png' },
  'manifest.walkthrough.mend.alt': {
    en: 'A failed job with the reason and what can be done',
    zh: '失败的任务、原因以及可执行的操作',
  },
  'manifest.walkthrough.notebook': { en: 'Open a Notebook', zh: '打开 Notebook' },
  'manifest.walkthrough.notebook.text': {
    en: 'A Jupyter on the GPUs of the cluster, as if it were here. Make one, submit it, and open it when it runs: in VS Code with the Jupyter extension, or in the browser. Its files can be opened, too.\n[New GPU Notebook…](command:gpuctl.notebook.new)\n[Open Notebook](command:gpuctl.notebook.open)\n[Open It in the Browser](command:gpuctl.notebook.openInBrowser) · [Browse Its Files](command:gpuctl.files.browse)',
    zh: '在集群的 GPU 上运行 Jupyter，如同在本机。新建并提交，运行后即可打开：在装有 Jupyter 扩展的 VS Code 中，或在浏览器中。其文件也可直接打开。\n[新建 GPU Notebook…](command:gpuctl.notebook.new)\n[打开 Notebook](command:gpuctl.notebook.open)\n[在浏览器中打开](command:gpuctl.notebook.openInBrowser) · [浏览其文件](command:gpuctl.files.browse)',
  },
  'manifest.walkthrough.notebook.image': {
    en: 'media/walkthrough-notebook.png',
    zh: 'media/walkthrough-notebook.zh-cn.png',
  },
  'manifest.walkthrough.notebook.alt': {
    en: 'The file of a notebook that runs, with “Open Notebook” above it',
    zh: '正在运行的 Notebook 的文件，上方是“打开 Notebook”',
  },
} as const satisfies Record<string, Text>;
