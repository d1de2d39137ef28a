/**
 * Loaded into the server's process before the server (`--import`). Tells its parent, when asked, for how long the event loop stood still
 * at most since it was asked last: by the clock, and by the time that its thread worked, which other programs on the machine do not lengthen.
 */
const worked = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
let stall = { clock: 0, work: 0 };
let last = { clock: performance.now(), work: worked() };
setInterval(() => {
  const now = { clock: performance.now(), work: worked() };
  stall = {
    clock: Math.max(stall.clock, now.clock - last.clock),
    work: Math.max(stall.work, now.work - last.work),
  };
  last = now;
}, 1);

process.on('message', () => {
  process.send?.({ ...stall, memory: process.memoryUsage().rss });
  stall = { clock: 0, work: 0 };
});
