import type { PackageIndex } from "../../../../model/image/package-index.ts";
import { literally } from "../../../../text/literally.ts";
import { nearestName } from "../../../../text/nearest-name.ts";

/** What could be installed in a release instead of a name that it does not have, and what makes it likely. */
export interface Successor {
  readonly name: string;
  readonly because: "renamed" | "provides" | "near";
}

/** The likeliest first; empty where nothing comes to mind. */
export function successorsOf(name: string, release: string, index: PackageIndex): readonly Successor[] {
  const providers = index.providersOf(release, name);
  if (providers.length > 0) return providers.map((it) => ({ name: it, because: "provides" }));
  const has = (it: string | undefined): it is string => it !== undefined && index.has(release, it) === true;
  const renamed = [RENAMED.get(name), ...RULES.map(([from, to]) => name.replace(from, to))];
  const found = renamed.find((it) => it !== name && has(it)) ?? withOtherNumbers(name, release, index);
  if (found !== undefined) return [{ name: found, because: "renamed" }];
  // Whoever mistypes a name mostly has its beginning right, and the index holds tens of thousands.
  const near = nearestName(
    name,
    index.startingWith(release, name.slice(0, name.startsWith("lib") ? 5 : 3)),
    2,
  );
  return near === undefined ? [] : [{ name: near, because: "near" }];
}

/** `openjdk-11-jre` → `openjdk-17-jre`: the first version behind the one that is asked for, else the last. */
function withOtherNumbers(name: string, release: string, index: PackageIndex): string | undefined {
  if (!/\d/.test(name)) return undefined;
  const parts = name.split(/\d+(?:\.\d+)*/);
  // Where nothing but the number tells packages apart it may be part of another name.
  if (parts.join("").length < 4 || (parts[0] ?? "").length < 2) return undefined;
  const pattern = new RegExp(`^${parts.map(literally).join("\\d+(?:\\.\\d+)*")}$`);
  const names = index
    .startingWith(release, parts[0] ?? "")
    .filter((it) => pattern.test(it))
    .sort(byNumbers);
  return names.find((it) => byNumbers(it, name) > 0) ?? names.at(-1);
}

/** Names that differ in nothing but their numbers, the smaller first. */
function byNumbers(one: string, other: string): number {
  const [first, second] = [one, other].map((it) => (it.match(/\d+/g) ?? []).map(Number));
  for (let at = 0; at < Math.max(first?.length ?? 0, second?.length ?? 0); at++) {
    const difference = (first?.[at] ?? -1) - (second?.[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Names that changed by a rule: Python 2's packages, fonts, and libraries with 64-bit times (Debian 13). */
const RULES: readonly (readonly [from: RegExp, to: string])[] = [
  [/^python-/, "python3-"],
  [/^ttf-/, "fonts-"],
  [/^(lib.*)$/, "$1t64"],
];

/** Debian's packages and what replaced them (packages.debian.org, release notes of 10 to 13; read 2026-11). */
const RENAMED: ReadonlyMap<string, string> = new Map(
  (
    "python python3,libgl1-mesa-glx libgl1,mysql-client default-mysql-client,mysql-server default-mysql-server," +
    "libmysqlclient-dev default-libmysqlclient-dev,mysql-common default-mysql-client,libpng12-dev libpng-dev," +
    "chromium-browser chromium,firefox firefox-esr,ntp ntpsec,policykit-1 polkitd,docker-ce docker.io,nodejs-legacy nodejs," +
    "libgdk-pixbuf2.0-0 libgdk-pixbuf-2.0-0,qt5-default qtbase5-dev,yarn yarnpkg,libssl1.0-dev libssl-dev," +
    "php php-cli,postgresql-client-common postgresql-client,libjpeg-progs libjpeg-turbo-progs"
  )
    .split(",")
    .map((it) => it.split(" ") as [string, string]),
);
