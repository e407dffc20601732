import {
  isOnOneLine,
  listToMapping,
  mappingToList,
  type WrittenPair,
} from "../../../model/compose/edit/list-and-mapping.ts";
import { writtenText } from "../../../model/compose/edit/written-text.ts";
import type { ComposeFile, MappingEntry, ScalarNode } from "../../../syntax/compose/tree.ts";
import { entryIn } from "../place.ts";
import { offer, type Refactoring } from "../refactoring.ts";
import { textOf } from "../texts.ts";

/** What an entry without value is: taken from the shell, empty, or nothing that Compose takes. */
type WithoutValue = "from the shell" | "empty" | "refused";

/** Keys whose value is a list of `NAME=value` or a mapping. */
const places: readonly { readonly path: readonly string[]; readonly none: WithoutValue }[] = [
  { path: ["services", "*", "environment"], none: "from the shell" },
  { path: ["services", "*", "build", "args"], none: "from the shell" },
  { path: ["services", "*", "labels"], none: "empty" },
  { path: ["services", "*", "annotations"], none: "empty" },
  { path: ["services", "*", "sysctls"], none: "refused" },
  { path: ["services", "*", "build", "additional_contexts"], none: "refused" },
  { path: ["services", "*", "build", "labels"], none: "empty" },
  { path: ["services", "*", "deploy", "labels"], none: "empty" },
  { path: ["networks", "*", "labels"], none: "empty" },
  { path: ["volumes", "*", "labels"], none: "empty" },
  { path: ["secrets", "*", "labels"], none: "empty" },
  { path: ["configs", "*", "labels"], none: "empty" },
];

/** `- NAME=value` ↔ `NAME: value`. */
export const pairs: Refactoring = {
  id: "pairs",
  kind: "rewrite",
  offersAt: (place) =>
    places.flatMap(({ path, none }) => {
      const step = entryIn(place, ...path);
      if (!step) return [];
      const { file } = place;
      const name = path
        .slice(path[0] === "services" ? 2 : 0)
        .filter((it) => it !== "*")
        .join(".");
      return [
        offer(
          `Write ${name} as a mapping`,
          listToMapping(file, step.entry, (item, flow) => pairOf(file, item, flow, none)),
        ),
        offer(
          `Write ${name} as a list`,
          mappingToList(file, step.entry, (entry, flow) => itemOf(file, entry, flow, none)),
        ),
      ];
    }),
};

/** A name with a variable in it, which Compose replaces in a list and not in a key, has no such form. */
function pairOf(
  { root }: ComposeFile,
  item: ScalarNode,
  flow: boolean,
  none: WithoutValue,
): WrittenPair | undefined {
  const { value, style, type } = item;
  const equals = value.indexOf("=");
  const name = equals < 0 ? value : value.slice(0, equals);
  if (type === "null" || !/^[^\s$]+$/.test(name)) return undefined;
  const key = writtenText(name, root?.flow ? "double" : "plain", flow);
  if (equals < 0 && none === "refused") return undefined;
  if (equals < 0) return { key, value: none === "empty" ? '""' : undefined };
  const text = value.slice(equals + 1);
  return { key, value: text === "" ? '""' : writtenText(text, style, flow) };
}

function itemOf(
  file: ComposeFile,
  entry: MappingEntry,
  flow: boolean,
  none: WithoutValue,
): string | undefined {
  const { key, value } = entry;
  if (/[=$\s]/.test(key.value) || key.value === "") return undefined;
  const style = value?.kind === "scalar" ? value.style : key.style;
  const isNone = !value || (value.kind === "scalar" && value.type === "null");
  if (isNone && none === "refused") return undefined;
  if (isNone) return writtenText(none === "empty" ? `${key.value}=` : key.value, key.style, flow);
  if (value.kind !== "scalar" || !isOnOneLine(file, value)) return undefined;
  const text = textOf(value);
  return text === undefined ? undefined : writtenText(`${key.value}=${text}`, style, flow);
}
