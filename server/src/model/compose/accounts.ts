import { type Answer, no, unknown, yes } from "../known.ts";
import { isWithin } from "../stage/paths.ts";
import type { Service } from "./project.ts";

/** Knows the container of a service a user or group of this name, by the stage or image that it runs? Ids need no entry. */
export function hasAccount(service: Service, what: "user" | "group", name: string): Answer {
  const list = what === "user" ? "/etc/passwd" : "/etc/group";
  if (/^\d+$/.test(name)) return yes({ message: `An id needs no entry in ${list}.` });
  const { imageBuild, imageFacts, image, mounts, complete } = service;
  if (!complete || mounts.some(({ target }) => !target.known || isWithin(list, target.value)))
    return unknown();
  if (imageBuild) {
    const result = imageBuild.stage?.result;
    return (what === "user" ? result?.hasUser(name) : result?.hasGroup(name)) ?? unknown();
  }
  const names = what === "user" ? imageFacts?.users : imageFacts?.groups;
  if (!imageFacts || !names) return unknown();
  const label = image?.value.text ?? imageFacts.name;
  const place = image && { span: image.span };
  return Object.hasOwn(names, name)
    ? yes({ message: `The image ${label} has the ${what} ${name}.`, ...place })
    : no({ message: `The image ${label} has no ${what} ${name}.`, ...place });
}
