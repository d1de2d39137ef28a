/** Suffixes of Kubernetes quantities (apimachinery `resource.Quantity`): decimal, binary, and milli. */
const SCALE: Record<string, number> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY = /^([+-]?[0-9]*\.?[0-9]*)(?:[eE]([+-]?[0-9]+)|([numkKMGTPE]i?))?$/;

/** A quantity in its base unit (cores, bytes, pieces): `500m` → 0.5, `32Gi` → 34359738368. `undefined` if it is none. */
export function parseQuantity(quantity: string | number | undefined): number | undefined {
  if (typeof quantity === 'number') return quantity;
  if (quantity === undefined) return undefined;
  const match = QUANTITY.exec(quantity.trim());
  if (!match?.[1] || !/[0-9]/.test(match[1])) return undefined;
  const number = Number(match[1]);
  if (match[2] !== undefined) return number * 10 ** Number(match[2]);
  const suffix = match[3] ?? '';
  if (suffix === 'n') return number * 1e-9;
  if (suffix === 'u') return number * 1e-6;
  const scale = SCALE[suffix];
  return scale === undefined ? undefined : number * scale;
}

/** Cores as whole millicores, rounded up as Kubernetes does. */
export const toMillicores = (quantity: string | number | undefined): number | undefined => {
  const cores = parseQuantity(quantity);
  return cores === undefined ? undefined : Math.ceil(Number((cores * 1000).toFixed(6)));
};

/** Bytes of a memory quantity, rounded up. */
export const toBytes = (quantity: string | number | undefined): number | undefined => {
  const bytes = parseQuantity(quantity);
  return bytes === undefined ? undefined : Math.ceil(bytes);
};

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** Bytes as people compare them: `29.8 GiB`. */
export function formatBytes(bytes: number): string {
  let unit = 0;
  while (unit + 1 < UNITS.length && bytes >= 1024 ** (unit + 1)) unit++;
  const amount = bytes / 1024 ** unit;
  return `${Number(amount.toFixed(1))} ${UNITS[unit]}`;
}
