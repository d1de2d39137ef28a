/** The name of a file as a person reads it: with its folder where it is called like the other one. */
export function fileName(uri: string, other = ''): string {
  const lastOf = (one: string, parts: number) => one.split('/').slice(-parts).join('/');
  const name = lastOf(uri, lastOf(uri, 1) === lastOf(other, 1) ? 2 : 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
