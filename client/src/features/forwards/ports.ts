/** A port as it was typed; `undefined` where it is none. */
export function toPort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return port > 0 && port < 65_536 ? port : undefined;
}
