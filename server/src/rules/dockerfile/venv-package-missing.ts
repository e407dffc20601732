import { isOwn } from "../../model/stage/holding-stage.ts";
import { releaseOf } from "../../model/stage/releases.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import {
  hasSystemPython,
  isOnRecentDebian,
  mayCopyPython,
} from "../knowledge/packages/python/system-python.ts";
import { type NamedInstall, namedInstalls } from "../knowledge/packages/system/named-installs.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { insertWordBehind } from "../writing/commands/command-words.ts";

export const venvPackageMissing = commandRule({
  id: "venv-package-missing",
  title: "Virtual environment without Debian's package for it",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`python3 -m venv\` with the Python of Debian or Ubuntu where nothing installs python3-venv, python3-full or another
      package that brings it. Silent with \`--without-pip\`, for \`virtualenv\` and uv, for Docker's image of Python, and where another
      Python may be in use.`,
    why: source`
      Debian packs the part of Python that puts pip into a virtual environment apart. Without it the build ends: "The virtual
      environment was not created successfully because ensurepip is not available".`,
    bad: source`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
      RUN python3 -m venv /opt/venv
          ^^^^^^^^^^^^^^^^^^^^^^^^^ venv-package-missing: python3 -m venv needs ensurepip, which Debian packs in python3-venv, and nothing up to here installs that.`,
    good: source`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
      RUN python3 -m venv /opt/venv`,
  },
  programs: ["python3", ...[...Array(16).keys()].map((it) => `python3.${it}`)],

  check(call, report) {
    const { command, script, run, instruction, stage, program } = call;
    const words = command.arguments.map((it) => it.literal);
    if (words[0] !== "-m" || words[1] !== "venv" || words.length < 3 || instruction.name !== "RUN") return;
    if (words.some((it) => /^(?:--without-pip|--upgrade|--help|-h)$/.test(it ?? ""))) return;
    const name = command.name?.literal;
    if (name !== program && name !== `/usr/bin/${program}`) return;
    const distribution =
      releaseOf(stage)?.distribution ??
      (hasSystemPython(stage) || isOnRecentDebian(stage) ? "Debian" : undefined);
    if (distribution !== "Debian" && distribution !== "Ubuntu") return;
    const installs = installsUpTo(call);
    const failure = failureOf(command, script, run, stage);
    if (!installs || failure === "allowed") return;
    report(
      command.span,
      `${program} -m venv needs ensurepip, which ${distribution} packs in ${program}-venv, and nothing up to here installs that.`,
      {
        severity: failure === "stops" ? "error" : "warning",
        fixes: installBeside(`${program}-venv`, installs, stage),
      },
    );
  },
});

/**
 * What apt has installed in front of a call, where that is all that may have brought Python, and Python came with it or with the base.
 * Undefined where one of the packages brings ensurepip, or something that is not known may.
 */
function installsUpTo(call: CommandCall): readonly NamedInstall[] | undefined {
  const { stage, instruction } = call;
  for (const it of stagesDownFrom(stage))
    for (const each of it.instructions) {
      if (it === stage && each.span.start > instruction.span.start) break;
      if (mayCopyPython(each, it) || (each.name === "RUN" && says(OTHERWISE, each))) return undefined;
    }
  const found = namedInstalls(call);
  if (!found || found.some(({ command }) => command.operands.some(bringsEnsurepip))) return undefined;
  const isInstalled = found.some(({ command }) => command.operands.some(isPython));
  const comesWithBase = hasSystemPython(stage);
  return comesWithBase || (isInstalled && stage.bottom.initial.hasTool("python3").is === "no")
    ? found
    : undefined;
}

/**
 * Packages that bring it, themselves or by what they depend on (what depends on python3-venv or recommends it in Debian 12 and 13, 2026-11-27).
 */
function bringsEnsurepip({ literal }: ShellWord): boolean {
  return /venv|-full\b|virtualenv|pipx|thonny|briefcase/.test(literal ?? "");
}

function isPython({ literal }: ShellWord): boolean {
  return /^python3(?:[.\d]*|-(?:pip|dev|minimal|setuptools))$/.test(literal ?? "");
}

/** Everything that may bring another Python, or ensurepip by another way. */
const OTHERWISE = /conda|pyenv|get-pip|ensurepip|alternatives|make (?:alt)?install|\buv\b|\bln\b.*python/i;

/** Behind the package of Python, where this stage installs it. */
function installBeside(name: string, installs: readonly NamedInstall[], stage: Stage): readonly Fix[] {
  const found = installs.findLast(({ run, command }) => isOwn(run, stage) && command.operands.some(isPython));
  const word = found?.command.operands.findLast(isPython);
  return found && word
    ? [{ kind: "unsafe", title: `Install ${name} too`, edits: [insertWordBehind(word, name, found.run)] }]
    : [];
}
