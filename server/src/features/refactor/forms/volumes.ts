import { itemToMapping, itemToText } from "../../../model/compose/edit/item-forms.ts";
import type { NewEntry } from "../../../model/compose/edit/new-entry.ts";
import { writtenText } from "../../../model/compose/edit/written-text.ts";
import { isPathSource } from "../../../model/compose/section/mounts.ts";
import type { ComposeFile, YamlNode } from "../../../syntax/compose/tree.ts";
import type { TextEdit } from "../../../text/edit.ts";
import type { ItemStep, Place } from "../place.ts";
import type { Refactoring } from "../refactoring.ts";
import { plainTexts } from "../texts.ts";
import { itemOffers } from "./item-offers.ts";

/** `./conf:/etc/app:ro` ↔ a mapping with `type`, `source`, `target` and options. */
export const volumes: Refactoring = {
  id: "volumes",
  kind: "rewrite",
  offersAt: (place) => [
    ...itemOffers(place, "volumes", "long", (step) => toLong(place, step)),
    ...itemOffers(place, "volumes", "short", ({ item }) => toShort(place.file, item)),
  ],
};

/**
 * Source, target and options. Variables may stand in a source that is a path whatever they are. Not for Windows, where a colon
 * is part of a path.
 */
const SPEC = /^(?:((?:[^:$\\]|\$\w+|\$\{\w+\})+):)?(\/[^:$\\]*)(?::([\w,]+))?$/;

function toLong({ file }: Place, { owner, item }: ItemStep): readonly TextEdit[] | undefined {
  const spec = item.kind === "scalar" ? SPEC.exec(item.value) : null;
  if (item.kind !== "scalar" || !spec || /^[A-Za-z]:/.test(item.value)) return undefined;
  const [, source, target = "", options] = spec;
  const isBind = source !== undefined && isPathSource(source);
  if (source?.includes("$") && !isBind) return undefined;
  const more = optionsOf(options?.split(",") ?? [], isBind);
  if (!more) return undefined;
  const text = (value: string) => writtenText(value, "plain", owner.flow);
  return itemToMapping(file, owner, item, [
    { key: "type", value: isBind ? "bind" : "volume" },
    ...(source === undefined ? [] : [{ key: "source", value: text(source) }]),
    { key: "target", value: text(target) },
    ...more,
  ]);
}

/** What the short form says with its options, and always: that a missing folder is made (docker compose 2.40, tried 2026-11). */
function optionsOf(options: readonly string[], isBind: boolean): readonly NewEntry[] | undefined {
  const bind: NewEntry[] = isBind ? [{ key: "create_host_path", value: "true" }] : [];
  const volume: NewEntry[] = [];
  let readOnly = false;
  for (const option of options) {
    if (option === "ro") readOnly = true;
    else if (isBind && /^[zZ]$/.test(option)) bind.push({ key: "selinux", value: option });
    else if (isBind && PROPAGATION.test(option)) bind.push({ key: "propagation", value: option });
    else if (!isBind && option === "nocopy") volume.push({ key: "nocopy", value: "true" });
    else if (option !== "rw") return undefined;
  }
  if (new Set(options).size < options.length || (readOnly && options.includes("rw"))) return undefined;
  return [
    ...(readOnly ? [{ key: "read_only", value: "true" }] : []),
    ...(bind.length > 0 ? [{ key: "bind", value: bind }] : []),
    ...(volume.length > 0 ? [{ key: "volume", value: volume }] : []),
  ];
}

const PROPAGATION = /^r?(?:private|shared|slave)$/;

function toShort(file: ComposeFile, item: YamlNode): readonly TextEdit[] | undefined {
  if (item.kind !== "mapping") return undefined;
  const inner = (key: string) => item.entries.find((it) => it.key.value === key)?.value;
  const outer = { ...item, entries: item.entries.filter((it) => !["bind", "volume"].includes(it.key.value)) };
  const texts = plainTexts(outer, ["type", "source", "target", "read_only"]);
  const bind = inner("bind") ? plainTexts(inner("bind"), ["create_host_path", "selinux", "propagation"]) : {};
  const volume = inner("volume") ? plainTexts(inner("volume"), ["nocopy"]) : {};
  if (!texts || !bind || !volume) return undefined;
  const { type = "", source = "", target = "", read_only: readOnly = "false" } = texts;
  if (!/^\/[^:\\]*$/.test(target) || /[:\\]/.test(source) || !/^(?:true|false)$/.test(readOnly))
    return undefined;
  const options = [
    ...(readOnly === "true" ? ["ro"] : []),
    ...[bind["selinux"], bind["propagation"]].filter((it) => it !== undefined),
    ...(volume["nocopy"] === "true" ? ["nocopy"] : []),
  ];
  const from =
    type === "bind" && !inner("volume")
      ? pathOf(source, bind)
      : type === "volume" && !inner("bind")
        ? nameOf(source)
        : undefined;
  if (
    from === undefined ||
    !options.every((it) => /^(?:ro|[zZ]|nocopy|r?(?:private|shared|slave))$/.test(it))
  )
    return undefined;
  // Without a source an option would be taken for the target.
  if (from === "" && options.length > 0) return undefined;
  const parts = [...(from ? [from] : []), target, ...(options.length > 0 ? [options.join(",")] : [])];
  return itemToText(
    file,
    item,
    writtenText(parts.join(":"), "plain", file.root?.flow === true || isInBrackets(file, item)),
  );
}

function isInBrackets({ text }: ComposeFile, { span }: YamlNode): boolean {
  return /[[,]\s*$/.test(text.slice(Math.max(0, span.start - 200), span.start));
}

/** The short form makes a folder that is missing, so the long one has to as well; a source without `./` would be a name. */
function pathOf(
  source: string,
  { create_host_path: creates }: Partial<Record<string, string>>,
): string | undefined {
  if (creates !== "true" || source === "") return undefined;
  return isPathSource(source) ? source : `./${source}`;
}

function nameOf(source: string): string | undefined {
  return source === "" || /^[\w][\w.-]+$/.test(source) ? source : undefined;
}
