import { isAlias, isMap, isScalar, isSeq, type Scalar } from 'yaml';
import { parseYaml } from '../model/parseYaml.ts';

/** Whether two texts are read alike: the same values in the same order and style, with the same anchors and tags; none is broken. */
export function sameMeaning(before: string, after: string): boolean {
  const [one, other] = [parseYaml(before), parseYaml(after)];
  if (!one || !other || one.errors.length || other.errors.length) return false;
  return sameNode(one.contents, other.contents);
}

/** What stands in front of a value, and whether it is in flow style. */
interface Properties {
  anchor?: string;
  tag?: string;
  flow?: boolean;
}

function sameNode(one: unknown, other: unknown): boolean {
  if (isAlias(one)) return isAlias(other) && one.source === other.source;
  if (!sameProperties(one as Properties | null, other as Properties | null)) return false;
  if (isScalar(one)) return isScalar(other) && one.type === other.type && sameValue(one, other);
  if (isSeq(one)) return isSeq(other) && sameAll(one.items, other.items, sameNode);
  if (!isMap(one)) return one === other;
  return (
    isMap(other) && sameAll(one.items, other.items, (a, b) => sameNode(a.key, b.key) && sameNode(a.value, b.value))
  );
}

/** The key `<<` is a symbol of its own each time. */
const sameValue = (one: Scalar, other: Scalar): boolean =>
  Object.is(one.value, other.value) || (typeof one.value === 'symbol' && one.source === other.source);

const sameAll = <T>(one: readonly T[], other: readonly T[], same: (a: T, b: T) => boolean): boolean =>
  one.length === other.length && one.every((item, index) => same(item, other[index] as T));

function sameProperties(one: Properties | null, other: Properties | null): boolean {
  if (!one || !other) return one === other;
  return one.anchor === other.anchor && one.tag === other.tag && one.flow === other.flow;
}
