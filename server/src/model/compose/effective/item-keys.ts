import { type EffectiveNode, effectiveAt, effectiveText } from "./tree.ts";

/** What makes two items of a list the same: the later one takes the place of the earlier. Undefined for an item that is like no other. */
export type ItemKey = (item: EffectiveNode) => string | undefined;

/** The text itself. */
export const wholeText: ItemKey = effectiveText;

/** The text up to the first `=`. */
export const textBeforeSign: ItemKey = (item) => effectiveText(item)?.split("=", 1)[0];

/** `env_file`: the path, in both forms. */
export const pathOfItem: ItemKey = (item) => effectiveText(item) ?? effectiveText(effectiveAt(item, "path"));

/** A single letter before a colon is taken for a drive of Windows, as Compose does. */
const FIELD = /(?:[A-Za-z]:)?[^:]*/y;

/** `source`, `target`, `options` of the short form of a mount, with where each starts. */
export function mountFields(text: string): readonly { readonly start: number; readonly text: string }[] {
  const fields: { start: number; text: string }[] = [];
  for (let at = 0; at <= text.length; ) {
    FIELD.lastIndex = at;
    FIELD.test(text);
    fields.push({ start: at, text: text.slice(at, FIELD.lastIndex) });
    at = FIELD.lastIndex + 1;
  }
  return fields;
}

/** Devices: where they are in the container. */
export const deviceTarget: ItemKey = (item) => {
  const text = effectiveText(item);
  if (text === undefined) return effectiveText(effectiveAt(item, "target"));
  const [first, second] = mountFields(text);
  return second?.text || first?.text;
};

/** Mounts: where they are in the container. Compose drops a slash at the end of the short form alone. */
export const mountTarget: ItemKey = (item) =>
  effectiveText(item) === undefined ? deviceTarget(item) : deviceTarget(item)?.replace(/(?<=.)\/+$/, "");

/** Secrets and configs: where they are in the container, below a folder where only a name is given. */
export const grantTarget =
  (folder: string): ItemKey =>
  (item) => {
    const name = effectiveText(item);
    if (name !== undefined) return `${folder}/${name}`;
    const target = effectiveText(effectiveAt(item, "target"));
    return target ?? `${folder}/${effectiveText(effectiveAt(item, "source")) ?? ""}`;
  };

/**
 * Ports: address, port of the host, port of the container, protocol. Compose tells a short form without an address from a long one
 * without (compose-go override/uncity.go, and docker compose 2.40.3 asked, 2026-11), and so do we.
 */
export const portKey: ItemKey = (item) => {
  const text = effectiveText(item);
  if (text === undefined) {
    const at = (key: string) => effectiveText(effectiveAt(item, key));
    const target = at("target");
    return target === undefined
      ? undefined
      : `${at("host_ip") ?? "0.0.0.0"}|${at("published") ?? ""}|${target}/${at("protocol") ?? "tcp"}`;
  }
  const [ports = "", protocol = "tcp"] = text.split("/", 2);
  const [, address = "", published = "", target = ""] =
    /^(?:(?:(\[[^\]]*\]|.*?):)?([^:]*):)?([^:]*)$/.exec(ports) ?? [];
  return `${address.replace(/^\[|\]$/g, "")}|${published}|${target}/${protocol.toLowerCase()}`;
};
