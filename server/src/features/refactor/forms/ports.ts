import { itemToMapping, itemToText } from "../../../model/compose/edit/item-forms.ts";
import type { ComposeProject } from "../../../model/compose/project.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { TextEdit } from "../../../text/edit.ts";
import type { ItemStep, Place } from "../place.ts";
import { serviceAt } from "../place.ts";
import type { Refactoring } from "../refactoring.ts";
import { plainTexts } from "../texts.ts";
import { itemOffers } from "./item-offers.ts";

/** `127.0.0.1:8080:80/udp` ↔ a mapping with `target`, `published`, `host_ip` and `protocol`. */
export const ports: Refactoring = {
  id: "ports",
  kind: "rewrite",
  offersAt: (place) => [
    ...itemOffers(place, "ports", "long", (step) => toLong(place, step)),
    ...itemOffers(place, "ports", "short", ({ item }) => toShort(place.project, item)),
  ],
};

/** A variable may hold more than one part of the text, and a range of the container's ports is several entries. */
function toLong(place: Place, { owner, item }: ItemStep): readonly TextEdit[] | undefined {
  if (item.kind !== "scalar" || item.value.includes("$")) return undefined;
  const port = serviceAt(place)?.ports.find((it) => it.span.start === item.span.start);
  if (!port?.known || port.target === undefined || port.target !== port.lastTarget) return undefined;
  const { hostAddress, published, lastPublished, publishedText, protocol } = port;
  if (publishedText && published === undefined) return undefined;
  const range = published === lastPublished ? `${published}` : `${published}-${lastPublished}`;
  return itemToMapping(place.file, owner, item, [
    { key: "target", value: `${port.target}` },
    ...(published === undefined ? [] : [{ key: "published", value: JSON.stringify(range) }]),
    ...(hostAddress === undefined ? [] : [{ key: "host_ip", value: JSON.stringify(hostAddress) }]),
    ...(protocol === "tcp" ? [] : [{ key: "protocol", value: protocol }]),
  ]);
}

function toShort({ file }: ComposeProject, item: YamlNode): readonly TextEdit[] | undefined {
  const texts = plainTexts(item, ["target", "published", "host_ip", "protocol", "mode"]);
  const {
    target = "",
    published = "",
    host_ip: address = "",
    protocol = "tcp",
    mode = "ingress",
  } = texts ?? {};
  const isPort = /^\d{1,5}$/.test(target) && /^(?:\d{1,5}(?:-\d{1,5})?)?$/.test(published);
  if (!texts || !isPort || mode !== "ingress" || !/^(?:tcp|udp|sctp)$/.test(protocol)) return undefined;
  if (!/^[\d.]*$/.test(address) && !/^[\da-fA-F:.]+$/.test(address)) return undefined;
  const host = address.includes(":") ? `[${address}]:` : address && `${address}:`;
  const ports = `${host}${published}${published || host ? ":" : ""}${target}`;
  return itemToText(file, item, JSON.stringify(`${ports}${protocol === "tcp" ? "" : `/${protocol}`}`));
}
