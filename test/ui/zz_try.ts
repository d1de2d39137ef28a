import { startHost } from '../host/server.ts';
import { openWorkbench } from './driver.ts';
const t0=Date.now(); const T=(s:string,...a:unknown[])=>console.log(((Date.now()-t0)/1000).toFixed(2)+'s',s,...a);
const locale = process.argv[2] as 'en'|'zh-cn'|undefined; const trusted = process.argv[3] !== 'untrusted';
const h = await startHost({extensions:['/tmp/toy'],workspace:'/tmp/toyws',locale,trusted}); T('host',h.url);
let w;
try {
 w = await openWorkbench(h,{shotPrefix:'zz-', timeout: 8000}); T('ready');
 const wb=w;
 await wb.step('1-open',()=>wb.openFile('1-first-job.gpuctl.yaml')); T('open');
 await wb.editor.lens('Submit').waitFor(); T('lens', await wb.editor.lenses());
 await wb.editor.lens('Submit').click(); await wb.dialogs.notification('Hello from Toy 1').waitFor(); T('notif', await wb.dialogs.notifications());
 T('output', await wb.output('hello line 1')); T('channel', wb.outputChannel('hello'));
 await wb.step('2-lens',async()=>{});
 T('hover', await wb.step('3-hover', ()=>wb.editor.hover('training')));
 await wb.editor.typeAfter('name:',' oops'); await wb.editor.squiggles().first().waitFor(); T('squiggle', await wb.editor.text());
 T('problems', await wb.step('4-problems',()=>wb.problems('oops')));
 const v = await wb.view(locale?'任务':'Jobs','GPU'); T('rows', await v.rows());
 await v.expand('hello'); T('rows', await v.rows()); await wb.step('5-tree',async()=>{});
 await v.collapse('hello');
 await wb.palette('Toy: Pick'); T('pick', await wb.dialogs.quickPick()); await wb.dialogs.pick('two'); await wb.dialogs.notification('picked two').waitFor(); T('picked');
 await v.contextMenu('hello','Toy: Delete'); T('modal', await wb.dialogs.modal()); await wb.step('6-modal',async()=>{}); await wb.dialogs.answerModal('Delete'); await v.row('Running (0)').waitFor(); T('deleted');
 T('status', await wb.statusItem('toy cluster').innerText());
 T('titles', await wb.paletteTitles('Toy:'));
 if(!locale) await wb.theme('light'); await wb.step('7-light',async()=>{}); T('theme');
 await wb.editor.save(); T('saved');
} catch(e) { await w?.shot('FAILED'); console.error(e); process.exitCode=1; } finally { try{await w?.close();}catch(e){console.error(e)} T('closed'); await h.stop(); T('stopped'); }
