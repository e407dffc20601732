import type { TextEdit } from "../../../text/edit.ts";
import type { EntryStep, ItemStep, Place } from "../place.ts";
import { endsAt, entryIn, itemIn } from "../place.ts";
import { type Offer, offer } from "../refactoring.ts";

/** How one item of a list is written in another form; none where it cannot be. */
export type RewriteItem = (item: ItemStep) => readonly TextEdit[] | undefined;

/** At an item this one in its other form, at the key of the list all of them. */
export function itemOffers(
  place: Place,
  key: string,
  form: string,
  rewrite: RewriteItem,
): readonly (Offer | undefined)[] {
  const list = entryIn(place, "services", "*", key);
  if (!list || isShared(list)) return [];
  const item = itemIn(place, "services", "*", key, "[]");
  if (item) return [offer(`Write this entry of ${key} in the ${form} form`, rewrite(item))];
  return endsAt(place, list) ? [offer(`Write ${key} in the ${form} form`, allOf(list, rewrite))] : [];
}

function isShared({ entry: { value } }: EntryStep): boolean {
  return value === undefined || value.viaAlias || value.tag !== undefined;
}

/** All, or those that are not in the form yet; none where one of them cannot be. */
function allOf({ entry: { value } }: EntryStep, rewrite: RewriteItem): readonly TextEdit[] | undefined {
  if (value?.kind !== "sequence") return undefined;
  const edits = value.items.map((item) => rewrite({ kind: "item", owner: value, item }));
  return edits.flatMap((it) => it ?? []);
}
