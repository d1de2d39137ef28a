'use strict';
/**
 * Stands in for the native `@vscode/spdlog` in the npm-built host, so that no compiler is needed. It has to write for real:
 * the server-side extension host puts every OutputChannel into a file through this module, and the panel reads the file.
 */
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const METHODS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
let defaultLevel = 0;

class Logger {
  constructor(file) {
    this.file = file;
    this.level = defaultLevel;
    this.raw = false;
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.raw = false;
  }
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {}
  write(level, message) {
    if (level < this.level) return;
    const local = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000);
    const stamp = local.toISOString().replace('T', ' ').slice(0, 23);
    try {
      fs.appendFileSync(this.file, this.raw ? message : `${stamp} [${LEVELS[level]}] ${message}\n`);
    } catch {
      // the profile is already being removed
    }
  }
}
for (const [level, method] of METHODS.entries()) {
  Logger.prototype[method] = function (message) {
    this.write(level, message);
  };
}

async function createLogger(_name, file) {
  await fs.promises.mkdir(path.dirname(file), { recursive: true });
  await fs.promises.appendFile(file, '');
  return new Logger(file);
}

// Single assignments: VS Code imports these by name, and Node finds names of a CommonJS module only in this form.
exports.version = 11100;
exports.Logger = Logger;
exports.setLevel = (level) => {
  defaultLevel = level;
};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
