import { imageNameBelow } from "../../model/stage/base-image.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { source } from "../../text/source.ts";
import { virtualEnvironments } from "../knowledge/virtual-environments.ts";
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
      Reports a COPY of \`site-packages\`, or of a virtual environment, from a stage with one minor version of Python to a stage
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
  return virtualEnvironments(stage).includes(clean);
}
