/** `3 KB`, `1.2 MB`, `12 MB`, `1.5 GB`. */
export function toSize(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  if (megabytes < 1) return `${Math.ceil(bytes / 2 ** 10)} KB`;
  const [value, unit] = megabytes < 1000 ? [megabytes, 'MB'] : [megabytes / 2 ** 10, 'GB'];
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${unit}`;
}
