import { isAtLeast, type Release, releaseOf } from "../../model/stage/releases.ts";
import { notedAlongChain } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import {
  hasOption,
  packageCommandsIn,
  programsOf,
  readPackageCommand,
} from "../knowledge/packages/package-commands.ts";
import {
  hasSystemPython,
  isOnRecentDebian,
  mayCopyPython,
} from "../knowledge/packages/python/system-python.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule } from "../rule.ts";
import { insertWordBehind } from "../writing/commands/command-words.ts";

export const externallyManagedPython = commandRule({
  id: "externally-managed-python",
  title: "Install by pip where the distribution manages Python",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`pip install\` with the pip that apt or apk installed, on Debian 12, Ubuntu 23.04, Alpine 3.19 and later. Silent with
      \`--break-system-packages\`, \`--target\`, \`--prefix\` or \`--root\`, and where a virtual environment or a setting of pip may
      be in use.`,
    why: source`
      These releases mark their Python as managed from outside (PEP 668), and pip refuses to install beside the packages of the
      distribution: "error: externally-managed-environment", and the build ends. A virtual environment, whose \`bin\` stands first
      in PATH, is what the distributions advise; in an image that holds one program \`--break-system-packages\` does too.`,
    bad: source`
      FROM debian:12-slim
      RUN apt-get update && apt-get install -y --no-install-recommends python3-pip && rm -rf /var/lib/apt/lists/*
      RUN pip install --no-cache-dir flask
          ^^^^^^^^^^^ externally-managed-python: pip refuses to install here: Debian 12 marks its Python as managed by apt (PEP 668).`,
    good: source`
      FROM debian:12-slim
      RUN apt-get update && apt-get install -y --no-install-recommends python3-venv && rm -rf /var/lib/apt/lists/*
      RUN python3 -m venv /opt/venv
      ENV PATH=/opt/venv/bin:$PATH
      RUN pip install --no-cache-dir flask`,
  },
  programs: programsOf("pip"),

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    const pip = readPackageCommand(command);
    if (pip?.manager !== "pip" || pip.act !== "install" || command.name?.literal !== call.program) return;
    if (pip.isOpen || hasOption(pip, ...ELSEWHERE) || instruction.name === "ONBUILD") return;
    const release = releaseOf(stage);
    if (release ? !marksPython(release) : !isOnRecentDebian(stage)) return;
    if (!usesPackagedPip(call) || mayBeElsewhere(stage)) return;
    const failure = failureOf(command, script, run, stage);
    if (failure === "allowed") return;

    const named = release ? `${release.distribution} ${release.version}` : "Debian";
    const manager = release?.distribution === "Alpine" ? "apk" : "apt";
    const option = "--break-system-packages";
    report(
      pip.span,
      `pip refuses to install here: ${named} marks its Python as managed by ${manager} (PEP 668).`,
      {
        severity: failure === "stops" ? "error" : "warning",
        fixes: [
          { kind: "unsafe", title: `Add ${option}`, edits: [insertWordBehind(pip.verbWord, option, run)] },
        ],
      },
    );
  },
});

/** With these pip installs somewhere else, or does not ask (pip's `install.py`, 25.3). */
const ELSEWHERE = [
  ..."--break-system-packages --target -t --prefix --root --dry-run --python --help -h".split(" "),
];

/**
 * The first releases with an EXTERNALLY-MANAGED file (Debian's python3.11 changelog, Ubuntu 23.04's and Alpine 3.19's release
 * notes, read 2026-11).
 */
const FIRST: Readonly<Partial<Record<Release["distribution"], string>>> = {
  Debian: "12",
  Ubuntu: "23.04",
  Alpine: "3.19",
};

function marksPython(release: Release): boolean {
  const first = FIRST[release.distribution];
  return first !== undefined && isAtLeast(release, first);
}

/** Did the image come without pip, and has a package brought it before this command? */
function usesPackagedPip({ stage, command }: CommandCall): boolean {
  const base = stage.bottom.initial;
  const hasOther = !hasSystemPython(stage) && base.hasTool("python3").is !== "no";
  if (base.hasTool("pip3").is !== "no" || hasOther) return false;
  return packagedPipAt(stage) < command.span.start;
}

/** Where a stage installs the package of pip first: in front of all where one below has done so, nowhere at infinity. */
const packagedPipAt = notedAlongChain<number>((stage, below = Number.POSITIVE_INFINITY) => {
  if (below < Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  for (const run of stage.instructions) {
    const script = run.name === "RUN" ? stage.commandsOf(run) : undefined;
    for (const it of script ? packageCommandsIn(script) : [])
      if (it.act === "install" && it.operands.some(isPip)) return it.command.span.start;
  }
  return below;
});

function isPip({ literal }: ShellWord): boolean {
  return literal === "python3-pip" || literal === "py3-pip";
}

/** Something that makes another Python, another place or another rule: one word is enough to be silent. */
const mayBeElsewhere = notedAlongChain<boolean>(
  (stage, below) =>
    below === true || stage.instructions.some((it) => says(OTHERWISE, it) || mayCopyPython(it, stage)),
);

const OTHERWISE =
  /venv|virtualenv|VIRTUAL_ENV|conda|pyenv|get-pip|ensurepip|deadsnakes|EXTERNALLY.MANAGED|break.system.packages|pip\.conf|pip3? config|PIP_|PYTHONUSERBASE|make (alt)?install|uv (pip|python|sync)/i;
