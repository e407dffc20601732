import { isOfficial, serverOf } from "../../model/compose/known-server.ts";
import { notedOnService } from "../../model/compose/project.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";

/** The password that `--requirepass` of Redis or Valkey demands; undefined where there is none, or where it is not known. */
export const demandedPassword = notedOnService((service): string | undefined => {
  const server = serverOf(service);
  if (!server || !/^(?:Redis|Valkey)$/.test(server.title) || !isOfficial(server, service)) return undefined;
  const { command, entrypoint, complete } = service;
  if (!complete || entrypoint || !command?.words) return undefined;
  // A file of its own, or users of an access list, may say otherwise.
  if (command.words.some((it) => /\.conf$|--(?:user|aclfile)$/.test(it))) return undefined;
  const [first = ""] = command.words;
  if (!first.startsWith("-") && !/^(?:redis|valkey)-server$/.test(first)) return undefined;
  const at = command.words.indexOf("--requirepass");
  const password = at < 0 ? undefined : command.words[at + 1];
  return password && !password.includes(HOLE) ? password : undefined;
});
