import { imageNameBelow } from "../../model/stage/base-image.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { source } from "../../text/source.ts";
import { virtualEnvironments } from "../knowledge/packages/virtual-environments.ts";
import { instructionRule } from "../rule.ts";

export const runtimeVersionMismatch = instructionRule({
  id: "runtime-version-mismatch",
  title: "Python packages copied to another version of Python",
  severity: "warning",
  tags: ["run"],
  aliases: ["S19"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a COPY of \`site-packages\`, of a virtual environment, or of where \`pip install --prefix\` or \`--user\` put them, from a stage with one minor version of Python to a stage
      with another.`,
    why: source`
      Python looks for packages in a folder named after its minor version, and what is compiled fits one version only: after the
      move every import fails. One ARG for both tags keeps them together.`,
    bad: source`
      FROM python:3.13 AS builder
      RUN pip install --no-cache-dir flask
      FROM python:3.14-slim
      COPY --from=builder /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ runtime-version-mismatch: These packages are for Python 3.13, and this image has Python 3.14.`,
    good: source`
      ARG PYTHON_VERSION=3.14
      FROM python:\${PYTHON_VERSION} AS builder
      RUN pip install --no-cache-dir flask
      FROM python:\${PYTHON_VERSION}-slim
      COPY --from=builder /usr/local/lib/python3.14/site-packages /usr/local/lib/python3.14/site-packages`,
  },
  instructions: ["COPY"],

  check(copy, stage, report) {
    const from = copy.flags.find((it) => it.name === "from")?.value;
    const other = from === undefined ? undefined : stage.model.findStage(from, stage);
    if (!other) return;
    const [there, here] = [pythonOf(other), pythonOf(stage)];
    if (there === undefined || here === undefined || there === here) return;
    for (const word of copy.words.slice(0, -1)) {
      const path = wordValue(word, copy, stage);
      if (path === undefined || !holdsPackages(path, there, other)) continue;
      report(word.span, `These packages are for Python ${there}, and this image has Python ${here}.`, {
        related: [{ message: `The other stage has Python ${there}.`, span: other.from.span }],
      });
    }
  },
});

/** The minor version of Docker's official image below a stage: `3.13`. */
function pythonOf(stage: Stage): string | undefined {
  const image = imageNameBelow(stage);
  return image?.name === "python" ? /^(3\.\d+)(?=[.-]|$)/.exec(image.tag ?? "")?.[1] : undefined;
}

function holdsPackages(path: string, version: string, stage: Stage): boolean {
  const clean = path.replace(/\/+$/, "");
  if (new RegExp(`/python${version.replace(".", "\\.")}(/(site|dist)-packages(/.*)?)?$`).test(clean))
    return true;
  return virtualEnvironments(stage).includes(clean) || prefixes(stage).includes(clean);
}

/** Where pip is told to install: `--prefix=/install`, and root's own folder with `--user`. */
function prefixes(stage: Stage): readonly string[] {
  const found: string[] = [];
  for (const run of stage.instructions) {
    if (run.name !== "RUN" || !run.body.text.includes("pip")) continue;
    for (const { name, arguments: words } of stage.commandsOf(run)?.commands ?? []) {
      const line = words.map((it) => it.literal ?? "");
      if (!/^(pip3?|python3?)$/.test(name?.literal ?? "") || !line.includes("install")) continue;
      const at = line.indexOf("--prefix");
      const prefix = at >= 0 ? line[at + 1] : line.find((it) => it.startsWith("--prefix="))?.slice(9);
      if (prefix?.startsWith("/")) found.push(prefix.replace(/\/+$/, ""));
      const { user } = stage.before(run);
      if (line.includes("--user") && user.known && user.value.isRoot) found.push("/root/.local");
    }
  }
  return found;
}
