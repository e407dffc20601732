import { isBefore } from "../../text/version-order.ts";
import { officialName } from "../image/reference.ts";
import { factBelow, imageNameBelow } from "./base-image.ts";
import { notedOnStage } from "./stage.ts";

/** Which release of a distribution a stage is built on. */
export interface Release {
  readonly distribution: "Alpine" | "Debian" | "Ubuntu" | "CentOS";
  /** `12`, `24.04`, `3.19`. */
  readonly version: string;
  /** Does the image's tag name it, so that it stays the same when the tag is built anew? */
  readonly isNamed: boolean;
}

/**
 * The release below a stage, by the image's tag or by what is known of the image; undefined where neither tells. Tags of official
 * images name it by number or codename (docker-library/official-images, read 2026-11).
 */
export const releaseOf = notedOnStage((stage): Release | undefined => {
  const image = imageNameBelow(stage);
  if (!image) return undefined;
  const name = officialName(image.name);
  const named = namedBy(name, image.tag ?? "");
  if (named) return { ...named, isNamed: true };
  const os = factBelow(stage, "os");
  const told =
    os.known && os.value.version !== undefined
      ? ofSystem(os.value.family, os.value.version)
      : LATEST[`${name}:${(image.tag ?? "latest").replace(/-slim$/, "")}`];
  return told && { ...told, isNamed: false };
});

/** What tags that name no release stand for (docker-library/official-images, 2026-11-20). */
const LATEST: Readonly<Record<string, Told>> = {
  "alpine:latest": { distribution: "Alpine", version: "3.24" },
  "debian:latest": { distribution: "Debian", version: "13" },
  "debian:stable": { distribution: "Debian", version: "13" },
};

/** Is the release this one or a later one of the same distribution? */
export function isAtLeast({ version }: Release, other: string): boolean {
  return !isBefore(version, other);
}

/** The release that the first codename among these words is of: `bookworm` of Debian 12. */
export function byCodename(words: readonly string[]): Told | undefined {
  const codename = words.find((it) => Object.hasOwn(CODENAMES, it));
  return codename === undefined ? undefined : CODENAMES[codename];
}

type Told = Pick<Release, "distribution" | "version">;

function namedBy(name: string, tag: string): Told | undefined {
  const number = /^v?(\d+(?:\.\d+)?)/.exec(tag)?.[1];
  if (name === "alpine")
    return number === undefined ? undefined : { distribution: "Alpine", version: number };
  if (name === "ubuntu" && number !== undefined) return { distribution: "Ubuntu", version: number };
  if (name === "debian" && number !== undefined) return debian(number);
  if (/^(centos|quay\.io\/centos\/centos)$/.test(name))
    return /^(centos)?[678]([.-]|$)/.test(tag)
      ? { distribution: "CentOS", version: /[678]/.exec(tag)?.[0] ?? "" }
      : undefined;
  // Others write what they like behind a dash.
  if (name.includes("/")) return undefined;
  const onAlpine = /(?:^|-)alpine(3\.\d+)(?:-|$)/.exec(tag)?.[1];
  if (onAlpine !== undefined) return { distribution: "Alpine", version: onAlpine };
  return byCodename(tag.split("-"));
}

function ofSystem(family: string, version: string): Told | undefined {
  const named = byCodename([version]);
  if (named) return named;
  if (!/^\d/.test(version)) return undefined;
  if (family === "alpine") return { distribution: "Alpine", version };
  // Ubuntu's numbers are years.
  if (family === "debian")
    return /^\d\d\.\d\d$/.test(version) ? { distribution: "Ubuntu", version } : debian(version);
  return undefined;
}

/** Without the point release. */
function debian(version: string): Told {
  return { distribution: "Debian", version: version.replace(/\..*$/, "") };
}

/** Debian's and Ubuntu's releases by codename (wiki.debian.org/DebianReleases, wiki.ubuntu.com/Releases, 2026-11). */
const CODENAMES: Readonly<Record<string, Told>> = Object.fromEntries(
  [
    ["Debian", "wheezy 7 jessie 8 stretch 9 buster 10 bullseye 11 bookworm 12 trixie 13"],
    [
      "Ubuntu",
      "trusty 14.04 utopic 14.10 vivid 15.04 wily 15.10 xenial 16.04 yakkety 16.10 zesty 17.04 artful 17.10 bionic 18.04 " +
        "cosmic 18.10 disco 19.04 eoan 19.10 focal 20.04 groovy 20.10 hirsute 21.04 impish 21.10 jammy 22.04 kinetic 22.10 lunar 23.04 " +
        "mantic 23.10 noble 24.04 oracular 24.10 plucky 25.04 questing 25.10 resolute 26.04",
    ],
  ].flatMap(([distribution, names]) =>
    [...(names ?? "").matchAll(/(\w+) ([\d.]+)/g)].map(([, name = "", version = ""]) => [
      name,
      { distribution: distribution as Release["distribution"], version },
    ]),
  ),
);
