'use strict';
/** Stands in for the native `@vscode/native-watchdog`: the extension host ends soon after its parent does. */
exports.start = (parent) => {
  const watch = setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch {
      process.exit(87);
    }
  }, 3_000);
  watch.unref();
};
exports.exit = (code) => process.exit(code ?? 0);
