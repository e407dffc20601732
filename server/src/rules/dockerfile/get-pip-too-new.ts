import { imageNameBelow } from "../../model/stage/base-image.ts";
import { baseName } from "../../model/stage/paths.ts";
import { releaseOf } from "../../model/stage/releases.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Command, ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule } from "../rule.ts";

export const getPipTooNew = commandRule({
  id: "get-pip-too-new",
  title: "Script get-pip.py that an old Python cannot run",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`https://bootstrap.pypa.io/get-pip.py\` where Python 2.7 or 3.8 and older runs it: by the name of the program
      (\`python2.7\`, \`python3.8\`), or as the \`python3\` of Ubuntu 20.04, Debian 10 and older. The fix takes the script for that version.`,
    why: source`
      The script under that address is for the versions of Python that get fixes: since April 2025 it ends with "This script does not
      work on Python 3.8. The minimum supported Python version is 3.9", and the build with it. What it was for older ones is kept under an
      address with their version.`,
    bad: source`
      FROM ubuntu:20.04
      RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl python3 python3-distutils
      RUN curl -fsSLO https://bootstrap.pypa.io/get-pip.py && python3 get-pip.py && rm get-pip.py
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-pip-too-new: This get-pip.py wants Python 3.9 or later, and here Python 3.8 runs it.`,
    good: source`
      FROM ubuntu:20.04
      RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl python3 python3-distutils
      RUN curl -fsSLO https://bootstrap.pypa.io/pip/3.8/get-pip.py && python3 get-pip.py && rm get-pip.py`,
  },
  programs: ["python2", "python2.7", "python3", ...[...Array(9).keys()].map((it) => `python3.${it}`)],

  check(call, report) {
    const { command, script, run, stage } = call;
    const isPiped = command.after === "|" && command.arguments.every((it) => it.raw.startsWith("-"));
    if (!isPiped && !command.arguments.some((it) => baseName(it.literal ?? "") === "get-pip.py")) return;
    const version = versionOf(call);
    const address = version === undefined ? undefined : addressOf(call, isPiped);
    const failure = address ? failureOf(command, script, run, stage) : "allowed";
    if (!address || failure === "allowed") return;
    const message = `This get-pip.py wants Python 3.9 or later, and here Python ${version} runs it.`;
    const edit = replace(address.span, address.raw.replace(ADDRESS, `$1pip/${version}/get-pip.py`));
    report(address.span, message, {
      severity: failure === "stops" ? "error" : "warning",
      fixes: [{ kind: "unsafe", title: `Take the one for Python ${version}`, edits: [edit] }],
    });
  },
});

/** pypa/get-pip#237 (2025-04-26): versions before 3.9 have addresses of their own, 2.6, 2.7 and from 3.2 on. */
const ADDRESS = /(\bhttps?:\/\/bootstrap\.pypa\.io\/)get-pip\.py(?=["']?$)/;

/** What python3 is in distributions whose packages have not changed since (packages.ubuntu.com, packages.debian.org). */
const SYSTEM: Readonly<Record<string, string>> = {
  ...{ "Ubuntu 14.04": "3.4", "Ubuntu 16.04": "3.5", "Ubuntu 18.04": "3.6", "Ubuntu 20.04": "3.8" },
  ...{ "Debian 8": "3.4", "Debian 9": "3.5", "Debian 10": "3.7" },
};

/** Which old version of Python runs it; undefined for a newer one, and where it is not certain. */
function versionOf({ program, stage }: CommandCall): string | undefined {
  const named = program.slice("python".length);
  if (named === "2") return "2.7";
  if (named !== "3") return /^3\.[01]$/.test(named) ? undefined : named;
  const name = imageNameBelow(stage)?.name;
  const release = releaseOf(stage);
  if (!release || !/^(ubuntu|debian)$/.test(name ?? "")) return undefined;
  // Somebody may have put another Python in its place.
  const isOther = [...stagesDownFrom(stage)].some(({ instructions }) =>
    instructions.some((it) => it.name !== "FROM" && says(OTHER_PYTHON, it)),
  );
  return isOther ? undefined : SYSTEM[`${release.distribution} ${release.version}`];
}

const OTHER_PYTHON =
  /update-alternatives|deadsnakes|conda|pyenv|\buv\b|make\s+(?:alt)?install|\bln\b.*python|Python-3|--from=|\/usr\/local\/bin\/python|python3\.(?:9|1\d)/i;

/** Where the script comes from: out of the pipe, or downloaded in front of it in the same stage. */
function addressOf({ command, run, stage }: CommandCall, isPiped: boolean): ShellWord | undefined {
  let found: ShellWord | undefined;
  for (const instruction of stage.instructions) {
    if (instruction.span.start > run.span.start) break;
    if (instruction.name !== "RUN" || (isPiped && instruction !== run)) continue;
    for (const it of stage.commandsOf(instruction)?.commands ?? [])
      if (it.span.start < command.span.start) found = addressIn(it) ?? found;
  }
  return found;
}

function addressIn({ name, arguments: words }: Command): ShellWord | undefined {
  return /^(curl|wget)$/.test(name?.literal ?? "") ? words.find((it) => ADDRESS.test(it.raw)) : undefined;
}
