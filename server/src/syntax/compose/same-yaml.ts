import { isAlias, isCollection, isPair, isScalar, parseAllDocuments } from "yaml";

const options = {
  version: "1.2",
  schema: "core",
  merge: false,
  uniqueKeys: false,
  logLevel: "silent",
} as const;

/**
 * Do two texts hold the same documents: the same values in the same quotes, with the same anchors, aliases and tags? False when
 * one of them has an error. Both are known not to nest too deep.
 */
export function isSameYaml(a: string, b: string): boolean {
  const [ones, others] = [a, b].map((it) => parseAllDocuments(it, options));
  if (!Array.isArray(ones) || !Array.isArray(others) || ones.length !== others.length) return false;
  return ones.every((one, at) => {
    const other = others[at];
    if (!other || one.errors.length > 0 || other.errors.length > 0) return false;
    return isSameNode(one.contents, other.contents);
  });
}

function isSameNode(a: unknown, b: unknown): boolean {
  if (isPair(a)) return isPair(b) && isSameNode(a.key, b.key) && isSameNode(a.value, b.value);
  if (isAlias(a)) return isAlias(b) && a.source === b.source;
  if (isScalar(a)) return isScalar(b) && a.source === b.source && a.type === b.type && isSameMark(a, b);
  if (!isCollection(a)) return !isCollection(b) && !isScalar(b) && !isAlias(b) && !isPair(b);
  if (!isCollection(b) || a.items.length !== b.items.length || a.constructor !== b.constructor) return false;
  return isSameMark(a, b) && a.items.every((it, at) => isSameNode(it, b.items[at]));
}

interface Marked {
  readonly anchor?: string | undefined;
  readonly tag?: string | undefined;
}

function isSameMark(a: Marked, b: Marked): boolean {
  return a.anchor === b.anchor && a.tag === b.tag;
}
