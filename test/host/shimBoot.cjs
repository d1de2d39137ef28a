'use strict';
/**
 * Runs in the extension host in place of the suite: sends what the suite prints, and how it ended, to the socket of the shim
 * as lines of JSON, `{out}` and at last `{done, error?}`. A browser window has no terminal of its own to print to.
 */
const { connect } = require('node:net');
const { once } = require('node:events');
const { Writable } = require('node:stream');

exports.run = async () => {
  const socket = connect(process.env.GPUCTL_SHIM_SOCKET);
  await once(socket, 'connect');
  const send = (message) => new Promise((sent) => socket.write(`${JSON.stringify(message)}\n`, sent));
  // VS Code puts inert setters on console.* and process.stdout.write, so the objects are replaced as a whole.
  const out = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      send({ out: String(chunk) }).then(() => done(), done);
    },
  });
  globalThis.console = new console.Console({ stdout: out, stderr: out });
  for (const name of ['stdout', 'stderr']) {
    Object.defineProperty(process, name, { configurable: true, get: () => out });
  }
  process.setSourceMapsEnabled(true);
  try {
    await require(process.env.GPUCTL_SHIM_TESTS).run();
    await new Promise((flushed) => out.end(flushed));
    await send({ done: true });
  } catch (error) {
    await send({ done: true, error: error?.stack ?? String(error) });
    throw error;
  }
};
