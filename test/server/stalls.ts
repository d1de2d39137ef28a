/**
 * Loaded into the server's process before the server (`--import`): tells its parent, when asked, how long its event loop stood still at
 * most since it was asked last.
 */
let longest = 0;
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  longest = Math.max(longest, now - last);
  last = now;
}, 1);

process.on('message', () => {
  process.send?.({ longest, memory: process.memoryUsage().rss });
  longest = 0;
});
