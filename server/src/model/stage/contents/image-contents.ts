import { valueIn } from "../../../text/value-in.ts";
import type { ImageFacts } from "../../image/facts.ts";
import { originOf } from "../../image/origin.ts";
import { lacksGroup } from "../../image/system-groups.ts";
import { type Answer, no, type Reason, unknown, yes } from "../../known.ts";
import { baseName, directoryOf, prefixesOf } from "../paths.ts";
import { PROGRAM_DIRECTORIES, WELL_KNOWN_DIRECTORIES } from "./layout.ts";
import { linksOf, NO_LINKS } from "./links.ts";
import { type ContentsView, isLibrary } from "./view.ts";

/** What the facts of an image say of what is in it. `reason` names the image and the place that refers to it. */
export function imageContents(facts: ImageFacts, reason: Reason): ContentsView {
  const because = (message: string): Reason => ({ ...reason, message });
  const label =
    facts.name === "scratch" ? "scratch, which is empty" : [facts.name, facts.tag].filter(Boolean).join(":");
  const from = originOf(facts);
  const lacks = (what: string): Answer => no(because(`${what} is not in ${label}${from}`));
  const silent = (what: string): Answer => unknown(because(`it is not known whether ${label} has ${what}`));
  const empty = facts.name === "scratch";
  const links = linksOf(facts);

  const hasTool = (name: string): Answer => {
    if (name.startsWith("/")) return hasPath(name);
    const there = valueIn(facts.tools, name);
    if (there) return yes(because(`${name} is in ${label}`));
    return there === false || facts.toolsComplete || empty ? lacks(name) : silent(name);
  };
  const paths = new Map<string, Answer>();
  // Every RUN asks for its shell, every COPY for its destination.
  const hasPath = (path: string): Answer => {
    const answer = paths.get(path) ?? lookedUp(path);
    if (paths.size < MOST_KEPT) paths.set(path, answer);
    return answer;
  };
  const lookedUp = (path: string): Answer => {
    if (path === "/") return yes(reason);
    const prefixes = facts.directories ? prefixesOf(path) : [];
    for (let at = 1; at < prefixes.length; at++) {
      if (facts.absent?.has(prefixes[at] ?? "")) return lacks(path);
      const names = facts.directories?.[prefixes[at - 1] ?? ""];
      if (names && !names.includes(baseName(prefixes[at] ?? ""))) return lacks(path);
    }
    if (empty) return lacks(path);
    const isListed = facts.exactDirectories?.has(directoryOf(path)) && !MADE_BY_ENGINES.has(path);
    if (isListed || facts.exactDirectories?.has(path)) return yes(because(`${path} is in ${label}${from}`));
    if (facts.files?.includes(path)) return yes(because(`${path} is in ${label}`));
    if (facts.shell === path) return yes(because(`${path} is the shell of ${label}`));
    if (SHELLS.has(path) && facts.shell === "/bin/sh" && facts.tools[baseName(path)])
      return yes(because(`${path} is in ${label}`));
    if (SHELLS.has(path) && facts.shell !== undefined && facts.shell !== "/bin/sh") return lacks(path);
    if (facts.os && facts.packageManager !== "none" && WELL_KNOWN_DIRECTORIES.has(path)) return yes(reason);
    const isProgram = PROGRAM_DIRECTORIES.has(directoryOf(path));
    if (isProgram && facts.tools[baseName(path)] === false) return lacks(path);
    if (path === "/etc/passwd" && facts.users && Object.keys(facts.users).length > 0) return yes(reason);
    return silent(path);
  };
  return {
    hasUser(name) {
      const uid = facts.users?.[name];
      if (uid !== undefined) return yes(because(`the user ${name} is in ${label}, with the id ${uid}`));
      return facts.users ? no(because(`no user ${name} is in ${label}${from}`)) : silent(`a user ${name}`);
    },
    hasGroup(name) {
      const none = no(because(`no group ${name} is in ${label}${from}`));
      if (empty) return none;
      if (facts.groups) return Object.hasOwn(facts.groups, name) ? yes(reason) : none;
      if (lacksGroup(facts, name)) return none;
      return facts.users && Object.hasOwn(facts.users, name) ? yes(reason) : silent(`a group ${name}`);
    },
    hasTool,
    hasFeature(feature) {
      if (isLibrary(feature)) {
        const there = empty ? false : facts.libraries?.[feature];
        if (there === undefined) return silent(feature);
        return there ? yes(because(`${feature} is in ${label}`)) : lacks(feature);
      }
      const what = feature === "certificates" ? "a bundle of CA certificates" : "a database of time zones";
      const there = facts[feature];
      if (there === undefined) return silent(what);
      return there
        ? yes(because(`${label} has ${what}`))
        : no(because(`${label} has no ${what.slice(2)}${from}`));
    },
    hasPath,
    fileAt: () => undefined,
    contentAt: () => undefined,
    links: () => links,
    builds: () => [],
    isBrought: () => no(reason),
    isToolBrought: () => no(reason),
    files: () => [],
  };
}

/** An image of which nothing is known. */
export function unknownContents(reason: Reason): ContentsView {
  const answer = (): Answer => unknown(reason);
  return {
    hasUser: (name) => (name === "root" ? yes(reason) : unknown(reason)),
    hasGroup: answer,
    hasTool: answer,
    hasFeature: answer,
    hasPath: (path) => (path === "/" ? yes(reason) : unknown(reason)),
    fileAt: () => undefined,
    contentAt: () => undefined,
    links: () => NO_LINKS,
    builds: () => [],
    isBrought: () => no(reason),
    isToolBrought: () => no(reason),
    files: () => [],
  };
}

const MOST_KEPT = 1000;
/** Every container has them, whether or not its image does; what is read through a container cannot tell. */
const MADE_BY_ENGINES: ReadonlySet<string> = new Set(
  "/.dockerenv /dev /proc /sys /etc/hostname /etc/hosts /etc/mtab /etc/resolv.conf".split(" "),
);
const SHELLS: ReadonlySet<string> = new Set(["/bin/sh", "/usr/bin/sh", "/bin/bash", "/bin/ash", "/bin/dash"]);
