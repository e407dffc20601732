import { itemToMapping, itemToText } from "../../model/compose/edit/item-forms.ts";
import { writtenText } from "../../model/compose/edit/written-text.ts";
import { itemOffers } from "./item-offers.ts";
import type { Refactoring } from "./refactoring.ts";
import { plainTexts } from "./texts.ts";

/** `/dev/a:/dev/b:rwm` ↔ `source`, `target` and `permissions`. What is not said is the same path, and all three permissions. */
export const devices: Refactoring = {
  id: "devices",
  kind: "rewrite",
  offersAt: (place) => {
    const { file } = place;
    return [
      ...itemOffers(place, "devices", "long", ({ owner, item }) => {
        const value = item.kind === "scalar" && item.tag === undefined ? item.value : "";
        const [, source, target = source, permissions] =
          /^(\/[\w./-]+)(?::(\/[\w./-]+))?(?::([rwm]+))?$/.exec(value) ?? [];
        if (source === undefined || target === undefined) return undefined;
        return itemToMapping(file, owner, item, [
          { key: "source", value: source },
          { key: "target", value: target },
          ...(permissions === undefined ? [] : [{ key: "permissions", value: permissions }]),
        ]);
      }),
      ...itemOffers(place, "devices", "short", ({ owner, item }) => {
        const texts = plainTexts(item, ["source", "target", "permissions"]);
        const { source, target, permissions } = texts ?? {};
        const isPath = (it: string | undefined) => it !== undefined && /^\/[\w./-]+$/.test(it);
        if (!isPath(source) || (target !== undefined && !isPath(target))) return undefined;
        if (permissions !== undefined && !/^[rwm]+$/.test(permissions)) return undefined;
        const all = [
          source,
          ...(target === undefined && permissions === undefined ? [] : [target ?? source]),
        ];
        const text = [...all, ...(permissions === undefined ? [] : [permissions])].join(":");
        return itemToText(file, item, writtenText(text, "double", owner.flow));
      }),
    ];
  },
};
