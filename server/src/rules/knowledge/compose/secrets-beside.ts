import { tokenIn } from "../../../../../client/src/shared/secrets.ts";
import { notedOnService, type Service } from "../../../model/compose/project.ts";
import { entriesOf, itemsOf, scalarsIn, valueAt } from "../../../syntax/compose/find.ts";
import { spanInside } from "../../../syntax/compose/scalar-span.ts";
import type { ScalarNode, YamlNode } from "../../../syntax/compose/tree.ts";
import type { Span } from "../../../text/span.ts";
import { looksLikeKey, passwordInUrl } from "../secrets/secret-values.ts";
import { secretWritten, type WrittenSecret } from "../secrets/written-secrets.ts";

/** A secret in plain text. */
export interface PlacedSecret {
  readonly kind: "password" | "key";
  readonly span: Span;
}

/** One in a part of a service that is no variable. */
export interface SecretBeside extends PlacedSecret {
  /** The key of the service that it is in. */
  readonly key: string;
}

/** Passwords and keys in the commands, labels, log options and the address of the build of a service, the first of each key. */
export function secretsBeside(service: Service, text: string): readonly SecretBeside[] {
  // Most services have none, and that they have none holds no place in the text.
  if (!mayHoldOne(service)) return [];
  return KEYS.flatMap((key) => {
    const found =
      firstSecretIn(nodeOf(service, key), text) ?? (key === "logging" ? optionIn(service, text) : undefined);
    return found ? [{ key, ...found }] : [];
  });
}

const KEYS = [
  "command",
  "entrypoint",
  "healthcheck",
  "post_start",
  "pre_stop",
  "labels",
  "annotations",
  "logging",
  "build",
];

const mayHoldOne = notedOnService((service): boolean =>
  KEYS.some((key) => {
    const node = nodeOf(service, key);
    return (
      node !== undefined &&
      (scalarsIn(node).some(({ value }) => secretIn(value) !== undefined) ||
        listsIn(node).some((it) => secretWritten(joined(it)) !== undefined) ||
        (key === "logging" && entriesOf(valueAt(node, "options")).length > 0))
    );
  }),
);

/** Build arguments are variables. */
function nodeOf({ node }: Service, key: string): YamlNode | undefined {
  const value = valueAt(node, key);
  return key === "build" && value?.kind === "mapping" ? valueAt(value, "context") : value;
}

/** The first secret in a text of any kind. */
function secretIn(value: string): WrittenSecret | undefined {
  const token = tokenIn(value);
  if (token) return { kind: "key", ...token };
  const address = passwordInUrl(value);
  if (address) {
    const start = value.lastIndexOf(address.password, address.end - address.host.length - 1);
    return { kind: "password", start, end: start + address.password.length };
  }
  return secretWritten(value);
}

/** The first secret below a node, also one that is an option and its value in two items of a list. */
export function firstSecretIn(node: YamlNode | undefined, text: string): PlacedSecret | undefined {
  if (!node) return undefined;
  for (const scalar of scalarsIn(node)) {
    const found = secretIn(scalar.value);
    if (found) return { kind: found.kind, span: spanInside(text, scalar, found.start, found.end) };
  }
  for (const items of listsIn(node)) {
    const found = secretWritten(joined(items));
    const holder = found && itemAt(items, found.start);
    if (holder) return { kind: found.kind, span: holder.span };
  }
  return undefined;
}

/** `splunk-token` and the like: an option of a logging driver is a key by its name. */
function optionIn(service: Service, text: string): PlacedSecret | undefined {
  for (const { key, value } of entriesOf(valueAt(nodeOf(service, "logging"), "options"))) {
    const isKey = /(^|[-_])(token|secret|password)$/.test(key.kind === "scalar" ? key.value : "");
    if (isKey && value?.kind === "scalar" && !value.value.includes("$") && looksLikeKey(value.value))
      return { kind: "key", span: spanInside(text, value, 0, value.value.length) };
  }
  return undefined;
}

function listsIn(node: YamlNode): readonly (readonly ScalarNode[])[] {
  const own = itemsOf(node).filter((it) => it.kind === "scalar");
  const below = [...entriesOf(node).map((it) => it.value), ...itemsOf(node)];
  return [
    ...(own.length > 0 ? [own] : []),
    ...below.flatMap((it) => (it && it.kind !== "scalar" ? listsIn(it) : [])),
  ];
}

/** The one of joined items in which an offset is. */
function itemAt(items: readonly ScalarNode[], offset: number): ScalarNode | undefined {
  let end = 0;
  for (const it of items) {
    end += it.value.length + 1;
    if (offset < end) return it;
  }
  return undefined;
}

function joined(items: readonly ScalarNode[]): string {
  return items.map((it) => it.value).join(" ");
}
