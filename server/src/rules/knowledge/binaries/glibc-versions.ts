import { imageNameBelow } from "../../../model/stage/base-image.ts";
import { byCodename } from "../../../model/stage/releases.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";

/**
 * The version of glibc in a stage's system, as the number behind `2.`; undefined where it is not known. Releases keep theirs
 * for their life. As they are listed for Debian (tracker.debian.org/pkg/glibc; the packages of 11 to 13 read 2026-11-27), Ubuntu
 * (launchpad.net/ubuntu/+source/glibc; packages.ubuntu.com/resolute for 26.04), Fedora and Red Hat (packages.fedoraproject.org,
 * access.redhat.com) and Amazon Linux (docs.aws.amazon.com/linux), 2026-11.
 */
export const glibcOf = notedOnStage(lookedUp);

function lookedUp(stage: Stage): number | undefined {
  const { libc, os } = stage.result;
  if (libc.known && libc.value !== "glibc") return undefined;
  const told = os.known ? byRelease(os.value.family, os.value.version) : undefined;
  if (told !== undefined) return told;
  const image = imageNameBelow(stage);
  if (!image) return undefined;
  const { name, tag = "" } = image;
  for (const [pattern, versions] of NAMED) {
    const [, inName] = pattern.exec(name) ?? [];
    const release = inName ?? (pattern.test(name) ? /^\d+(\.\d\d)?/.exec(tag)?.[0] : undefined);
    if (release !== undefined) return versions[release] ?? versions[release.replace(/\..*$/, "")];
  }
  return os.known ? ofCodename(tag.split(/[-_]/)) : undefined;
}

function byRelease(family: string, version: string | undefined): number | undefined {
  if (version === undefined) return undefined;
  const named = ofCodename([version]);
  if (named !== undefined) return named;
  const releases =
    family === "debian" ? { ...DEBIAN, ...UBUNTU } : family === "rhel" ? { ...RHEL, ...FEDORA } : {};
  const all: Readonly<Record<string, number>> = releases;
  return all[version] ?? all[version.replace(/\..*$/, "")];
}

function ofCodename(words: readonly string[]): number | undefined {
  const release = byCodename(words);
  return release && (release.distribution === "Debian" ? DEBIAN : UBUNTU)[release.version];
}

type Releases = Readonly<Record<string, number>>;

const DEBIAN: Releases = { "10": 28, "11": 31, "12": 36, "13": 41 };
const UBUNTU: Releases = {
  "18.04": 27,
  "20.04": 31,
  "22.04": 35,
  "24.04": 39,
  "25.04": 41,
  "25.10": 42,
  "26.04": 43,
};
const RHEL: Releases = { "7": 17, "8": 28, "9": 34, "10": 39 };
const FEDORA: Releases = { "40": 39, "41": 40, "42": 41, "43": 42 };
const AMAZON: Releases = { "2": 26, "2023": 34 };

/** Images by their names; the release stands in a group, or begins the tag. */
const NAMED: readonly (readonly [RegExp, Releases])[] = [
  [/^debian$/, DEBIAN],
  [/^ubuntu$/, UBUNTU],
  [/^fedora$/, FEDORA],
  [/^amazonlinux$/, AMAZON],
  [/^(?:almalinux|oraclelinux|rockylinux(?:\/rockylinux)?|centos)$/, RHEL],
  [/^(?:registry\.access\.redhat\.com\/|redhat\/)ubi(\d+)(?:$|[/-])/, RHEL],
  [/^gcr\.io\/distroless\/.*-debian(\d+)$/, DEBIAN],
];
