import { no, type Reason, yes } from "../../known.ts";
import { unknownContents } from "../contents/image-contents.ts";
import type { ContentsView } from "../contents/view.ts";

/**
 * What an /etc/passwd or /etc/group of this text would make of an image's users or groups; undefined for other files
 * and where the text cannot be read.
 */
export function accountsIn(path: string, text: string | undefined, reason: Reason): ContentsView | undefined {
  if (text === undefined || (path !== "/etc/passwd" && path !== "/etc/group")) return undefined;
  const names = accountNames(text);
  const has = (name: string) =>
    names.has(name)
      ? yes({ ...reason, message: `${path} as it is copied has ${name}` })
      : no({ ...reason, message: `${path} as it is copied has no ${name}` });
  return { ...unknownContents(reason), hasUser: has, hasGroup: has };
}

/** Names of `name:x:1000:…` lines. */
export function accountNames(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(/\n|\\n/)
      .flatMap((line) => /^([a-z_][\w.-]*\$?):[^:]*:\d+(:|$)/i.exec(line.trim())?.[1] ?? []),
  );
}
