import { itemToMapping, itemToText } from "../../../model/compose/edit/item-forms.ts";
import { writtenText } from "../../../model/compose/edit/written-text.ts";
import type { Refactoring } from "../refactoring.ts";
import { plainTexts } from "../texts.ts";
import { itemOffers } from "./item-offers.ts";

/**
 * `/dev/a:/dev/b:rwm` ↔ `source`, `target` and `permissions`. The short form stands for the same path and all three permissions where
 * it does not say them, the long one for no permissions (docker compose config 2.40), so that these are always written.
 */
export const devices: Refactoring = {
  id: "devices",
  kind: "rewrite",
  offersAt: (place) => {
    const { file } = place;
    return [
      ...itemOffers(place, "devices", "long", ({ owner, item }) => {
        const value = item.kind === "scalar" && item.tag === undefined ? item.value : "";
        const [, source, target = source, permissions = "rwm"] =
          /^(\/[\w./-]+)(?::(\/[\w./-]+))?(?::([rwm]+))?$/.exec(value) ?? [];
        if (source === undefined || target === undefined) return undefined;
        return itemToMapping(file, owner, item, [
          { key: "source", value: source },
          { key: "target", value: target },
          { key: "permissions", value: permissions },
        ]);
      }),
      ...itemOffers(place, "devices", "short", ({ owner, item }) => {
        const texts = plainTexts(item, ["source", "target", "permissions"]);
        const { source, target, permissions } = texts ?? {};
        const isPath = (it: string | undefined) => it !== undefined && /^\/[\w./-]+$/.test(it);
        if (!isPath(source) || !isPath(target)) return undefined;
        if (permissions === undefined || !/^[rwm]+$/.test(permissions)) return undefined;
        const text = [source, target, permissions].join(":");
        return itemToText(file, item, writtenText(text, "double", owner.flow));
      }),
    ];
  },
};
