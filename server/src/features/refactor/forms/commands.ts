import { valueToText } from "../../../model/compose/edit/item-forms.ts";
import { isOnOneLine } from "../../../model/compose/edit/list-and-mapping.ts";
import { isPlainValue } from "../../../model/compose/edit/plain-region.ts";
import { writtenText } from "../../../model/compose/edit/written-text.ts";
import type { ScalarNode, SequenceNode } from "../../../syntax/compose/tree.ts";
import { splitWords } from "../../../syntax/compose/words.ts";
import { replace } from "../../../text/edit.ts";
import { entryIn, type Place } from "../place.ts";
import { type Offer, offer, type Refactoring } from "../refactoring.ts";
import { textOf } from "../texts.ts";

/** `command: serve --port 80` ↔ `command: ["serve", "--port", "80"]`: Compose takes the text apart itself, without a shell. */
export const commands: Refactoring = {
  id: "commands",
  kind: "rewrite",
  offersAt: (place) =>
    ["command", "entrypoint"].flatMap((key) => {
      const value = entryIn(place, "services", "*", key)?.entry.value;
      if (!value || value.viaAlias || value.tag !== undefined) return [];
      if (value.kind === "scalar") return [asList(place, key, value)];
      return value.kind === "sequence" ? [asText(place, key, value)] : [];
    }),
};

function asList(place: Place, key: string, value: ScalarNode): Offer | undefined {
  const { file } = place;
  const entry = entryIn(place, "services", "*", key)?.entry;
  const command = plainText(value.value);
  if (!entry || command === undefined || value.type === "null" || !isOnOneLine(file, value)) return undefined;
  if (!isPlainValue(file, entry)) return undefined;
  const { words, cutAt } = splitWords(command);
  if (!words || words.length === 0 || cutAt !== undefined) return undefined;
  const items = words.map((it) => JSON.stringify(it.replaceAll("$", "$$$$")));
  return offer(`Write ${key} as a list of words`, [replace(value.span, `[${items.join(", ")}]`)]);
}

function asText(place: Place, key: string, { items, flow }: SequenceNode): Offer | undefined {
  const entry = entryIn(place, "services", "*", key)?.entry;
  const owner = entryIn(place, "services", "*", key)?.owner;
  const words = items.map((it) => {
    const isText = it.kind === "scalar" && !it.viaAlias && it.tag === undefined && it.type !== "null";
    const text = isText ? textOf(it) : undefined;
    return text === undefined ? undefined : plainText(text);
  });
  const known = words.filter((it) => it !== undefined);
  if (!entry || !owner || known.length === 0 || known.length < words.length) return undefined;
  const text = known.map(quoted).join(" ");
  const again = splitWords(text);
  if (again.cutAt !== undefined || JSON.stringify(again.words) !== JSON.stringify(known)) return undefined;
  const written = writtenText(text.replaceAll("$", "$$$$"), "plain", owner.flow || flow);
  return offer(`Write ${key} as one text`, valueToText(place.file, entry, written));
}

/** Undefined with a variable in it, whose value may be several words. `$$` is a dollar. */
function plainText(value: string): string | undefined {
  return value.replaceAll("$$", "").includes("$") ? undefined : value.replaceAll("$$", "$");
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return word.includes("'") ? `"${word.replace(/["\\]/g, "\\$&")}"` : `'${word}'`;
}
