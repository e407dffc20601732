import type { PackageIndex } from "../../model/image/package-index.ts";
import { imageNameBelow } from "../../model/stage/base-image.ts";
import { notedOnModel } from "../../model/stage/dockerfile-model.ts";
import { hasDebiansSources, mayChangeSources } from "../../model/stage/package-sources.ts";
import { type Release, releaseOf } from "../../model/stage/releases.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { notedAlongChain } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { listed } from "../../text/listed.ts";
import { source } from "../../text/source.ts";
import { nodeMajorBelow } from "../knowledge/images/node-image.ts";
import {
  hasOption,
  type PackageCommand,
  readPackageCommand,
} from "../knowledge/packages/package-commands.ts";
import { successorInAlpine } from "../knowledge/packages/system/not-in-alpine.ts";
import { type Successor, successorsOf } from "../knowledge/packages/system/successor-packages.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { fewTimes } from "../knowledge/stages/few-times.ts";
import { type CommandCall, commandRule, type Fix, type Report } from "../rule.ts";
import { replaceWord } from "../writing/commands/command-words.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const unknownPackage = commandRule({
  id: "unknown-package",
  title: "Package that the release does not have",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a package that \`apt-get install\` names and Debian 11, 12 or 13 does not have, by the index of names that ships with
      Plimsoll. Looks at images with Debian's own sources alone: Debian, and the official images of languages and servers that are
      built on it. Silent where something may have added a source, and a warning where the tag does not name the release. The same for well-known names
      of Debian's that \`apk add\` asks Alpine for, and for Alpine's packages of Python 2.`,
    why: source`
      A base image moves to the next release and takes packages away: \`python3.9\`, \`libssl1.1\`, \`openjdk-11-jdk\`,
      \`libgl1-mesa-glx\`. apt then installs nothing at all: "Unable to locate package", or "has no installation candidate" for a
      name that several packages provide, and the build ends.`,
    bad: source`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends libgl1-mesa-glx && rm -rf /var/lib/apt/lists/*
                                                                       ^^^^^^^^^^^^^^^ unknown-package: Debian 13 has no package libgl1-mesa-glx: it has libgl1.`,
    good: source`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends libgl1 && rm -rf /var/lib/apt/lists/*`,
  },
  programs: ["apk", "apt", "apt-get"],

  check(of, report) {
    const { command, script, run, stage } = of;
    const { packages } = stage.model.inputs;
    const call = readPackageCommand(command);
    if (call?.manager === "apk") {
      checkAlpine(call, of, report);
      return;
    }
    if (!packages || call?.verb !== "install" || hasOption(call, ...ELSEWHERE)) return;
    const release = releaseOf(stage);
    if (release?.distribution !== "Debian" || !hasDebiansSources(stage)) return;
    const failure = failureOf(command, script, run, stage);
    if (failure === "allowed") return;

    for (const word of call.operands) {
      const name = /^([a-z0-9][a-z0-9+.-]+)(?:[=/].*)?$/.exec(word.literal ?? "")?.[1];
      if (name === undefined || isPhp(name, stage)) continue;
      // Behind a name `-` removes and `+` installs; with a dot in it, it is tried as a regular expression too.
      if ([name, name.replace(/[+-]$/, "")].some((it) => packages.has(release.version, it) !== false))
        continue;
      const isLookedFor = isLookedAt(stage.model);
      if (name.includes(".") && !(isLookedFor && hasNoneLike(name, release.version, packages))) continue;
      const successors = isLookedFor ? successorsOf(name, release.version, packages) : [];
      report(word.span, `Debian ${release.version} has no package ${name}${hintOf(successors)}`, {
        severity: failure === "stops" && release.isNamed ? "error" : "warning",
        fixes: word.literal === name ? successors.map((it) => fixOf(it, word, run)) : [],
      });
    }
  },
});

/** Names of Debian's packages that Alpine does not have under any name of its own. */
function checkAlpine(call: PackageCommand, of: CommandCall, report: Report): void {
  const { command, script, run, instruction, stage } = of;
  const { os } = stage.before(instruction);
  if (call.verb !== "add" || !os.known || os.value.family !== "alpine") return;
  if (mayChangeSources(stage) || hasOtherRepositories(stage)) return;
  const failure = failureOf(command, script, run, stage);
  if (failure === "allowed") return;
  const release = releaseOf(stage) ?? releaseOfNode(stage);
  for (const word of call.operands) {
    const name = /^[a-z0-9][a-z0-9+.-]+$/.exec(word.literal ?? "")?.[0];
    const successor = name === undefined ? undefined : successorInAlpine(name, release);
    if (name === undefined || successor === undefined) continue;
    const fix: Fix = {
      kind: "unsafe",
      title: `Install ${successor}`,
      edits: [replaceWord(word, successor, run)],
    };
    report(word.span, `Alpine has no package ${name}${successor === "" ? "." : `: it has ${successor}.`}`, {
      severity: failure === "stops" ? "error" : "warning",
      fixes: successor === "" ? [] : [fix],
    });
  }
}

/** Those of others may have a package of any name. */
const hasOtherRepositories = notedAlongChain<boolean>(
  (stage, below) => below === true || stage.instructions.some((it) => says(REPOSITORIES, it)),
);

const REPOSITORIES = /\/etc\/apk|--repository|\s-X\b|--repositories-file|--allow-untrusted|\.apk\b/;

/** Images of Node 18 and later stand on Alpine 3.15 and later (nodejs/docker-node, as generally known). */
function releaseOfNode(stage: Stage): Release | undefined {
  return (nodeMajorBelow(stage) ?? 0) >= 18
    ? { distribution: "Alpine", version: "3.15", isNamed: false }
    : undefined;
}

/** To look through all names takes milliseconds. */
const isLookedAt = fewTimes(notedOnModel, 20);

/** apt looks for what it does not find as a regular expression, anywhere in the names. */
function hasNoneLike(name: string, release: string, packages: PackageIndex): boolean {
  return packages.matching(release, new RegExp(name.replaceAll("+", "\\+"))).length === 0;
}

/** With these apt looks at other sources, or says itself what to look at. */
const ELSEWHERE = "-t --target-release --default-release -o --option -c --config-file".split(" ");

/** PHP's image keeps Debian's PHP away, so that another reason holds there. */
function isPhp(name: string, stage: Stage): boolean {
  return /^(?:libapache2-mod-)?php/.test(name) && imageNameBelow(stage)?.name === "php";
}

function hintOf(successors: readonly Successor[]): string {
  const [first] = successors;
  if (!first) return ".";
  const names = successors.map((it) => it.name);
  if (first.because === "provides")
    return `: ${listed(names)} ${names.length > 1 ? "provide" : "provides"} it.`;
  return first.because === "near" ? didYouMean(first.name) : `: it has ${first.name}.`;
}

function fixOf({ name }: Successor, word: ShellWord, run: Instruction): Fix {
  return { kind: "unsafe", title: `Install ${name}`, edits: [replaceWord(word, name, run)] };
}
