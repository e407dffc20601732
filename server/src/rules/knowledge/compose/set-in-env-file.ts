import type { ComposeProject } from "../../../model/compose/project.ts";
import { parseDotenv } from "../../../syntax/dotenv/parse.ts";

/**
 * Tells which variables `.env` beside the Compose file sets. That includes those whose value is not known, because it is made of other
 * variables.
 */
export function setInEnvFile({ files, variables }: ComposeProject): (name: string) => boolean {
  const { entries } = parseDotenv(files.readFile(".env") ?? "");
  const names = new Set(entries.filter((it) => it.value !== undefined).map((it) => it.name));
  return (name) => names.has(name) || variables(name) !== undefined;
}

/** Does a Compose file in a folder above include one of this folder? Its variables go before those of `.env` here. */
export function isIncludedFromAbove({ files }: ComposeProject): boolean {
  const parts = (files.directory ?? "").split("/");
  return [1, 2].some((levels) => {
    const above = Array.from({ length: levels }, () => "..").join("/");
    const inside = `${parts.slice(-levels).join("/")}/`;
    const names = (files.list?.(above) ?? []).filter((it) => /compose.*\.ya?ml$/i.test(it));
    return names.some((it) => {
      const text = files.readFile(`${above}/${it}`) ?? "";
      return /^include:/m.test(text) && text.includes(inside);
    });
  });
}
