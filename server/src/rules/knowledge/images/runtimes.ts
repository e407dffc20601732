import { imageNameBelow } from "../../../model/stage/base-image.ts";
import type { ImageReference, Stage } from "../../../model/stage/stage.ts";
import { isBefore } from "../../../text/version-order.ts";

export type Runtime = "Python" | "Java" | ".NET" | "Ruby" | "PHP";

/** Which version of a language's runtime an image has. */
export interface ImageRuntime {
  /** `3.13`, `17`, `8.0`. */
  readonly version: string;
  /** Offset in the tag, where that says it. */
  readonly at: number | undefined;
}

interface Image {
  readonly runtime: Runtime;
  readonly name: RegExp;
  /** Where the tag says the version; where there is none the first group of the name does. */
  readonly tag?: RegExp;
  /** By the first group of the name. */
  readonly versions?: Readonly<Record<string, string>>;
}

const MINOR = /^(\d+\.\d+)(?=[.-]|$)/d;
const MAJOR = /^(\d+)(?=[._u-]|$)/d;

/** The Python of each Debian release (package lists of bullseye, bookworm and trixie, read 2026-11). */
const DEBIAN_PYTHON = { "11": "3.9", "12": "3.11", "13": "3.13" };

/** How images call their versions (their tags on Docker Hub, gcr.io/distroless, mcr.microsoft.com and ghcr.io, read 2026-11). */
const images: readonly Image[] = [
  { runtime: "Python", name: /^python$/, tag: /^(3\.\d+)(?=[.-]|$)/d },
  { runtime: "Python", name: /^ghcr\.io\/astral-sh\/uv$/, tag: /(?:^|-)python(3\.\d+)(?=-|$)/d },
  { runtime: "Python", name: /^public\.ecr\.aws\/lambda\/python$/, tag: /^(3\.\d+)(?=[.-]|$)/d },
  { runtime: "Python", name: /^gcr\.io\/distroless\/python3-debian(\d+)$/, versions: DEBIAN_PYTHON },
  {
    runtime: "Java",
    name: /^(?:eclipse-temurin|amazoncorretto|openjdk|sapmachine|azul\/zulu-openjdk(?:-\w+)?)$/,
    tag: MAJOR,
  },
  { runtime: "Java", name: /^ibm-semeru-runtimes$/, tag: /^open-(?:jdk-)?(\d+)(?=[._u-]|$)/d },
  { runtime: "Java", name: /^(?:tomcat|jetty)$/, tag: /-(?:jdk|jre)(\d+)(?=-|$)/d },
  { runtime: "Java", name: /^mcr\.microsoft\.com\/openjdk\/jdk$/, tag: MAJOR },
  { runtime: "Java", name: /^gcr\.io\/distroless\/java(\d+)(?:-debian\d+)?$/ },
  { runtime: "Java", name: /^registry\.access\.redhat\.com\/ubi\d+\/openjdk-(\d+)(?:-runtime)?$/ },
  { runtime: ".NET", name: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime|sdk)$/, tag: MINOR },
  { runtime: "Ruby", name: /^ruby$/, tag: MINOR },
  { runtime: "PHP", name: /^php$/, tag: MINOR },
];

/** Undefined where the image does not certainly have one version of it. */
function runtimeIn({ name, tag, digest }: ImageReference, runtime: Runtime): ImageRuntime | undefined {
  for (const image of images) {
    const named = image.runtime === runtime ? image.name.exec(name) : null;
    if (!named) continue;
    if (image.tag) {
      const found = digest === undefined ? image.tag.exec(tag ?? "") : null;
      const version = found?.[1];
      return version === undefined ? undefined : { version, at: found?.indices?.[1]?.[0] };
    }
    const version = image.versions ? image.versions[named[1] ?? ""] : named[1];
    return version === undefined ? undefined : { version, at: undefined };
  }
  return undefined;
}

/** The same of the image at the bottom of a stage. */
export function runtimeBelow(stage: Stage, runtime: Runtime): ImageRuntime | undefined {
  const image = imageNameBelow(stage);
  return image && runtimeIn(image, runtime);
}

/** Does what is made for one version certainly not run on another? */
export function isOtherRuntime(runtime: Runtime, made: string, has: string): boolean {
  // Newer Java runs older classes.
  if (runtime === "Java") return isBefore(has, made);
  // A program goes on to a later minor version by itself, and to no other major one.
  if (runtime === ".NET") return made.split(".")[0] !== has.split(".")[0] || isBefore(has, made);
  return made !== has;
}
