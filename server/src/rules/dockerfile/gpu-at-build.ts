import { source } from "../../text/source.ts";
import { mayFail } from "../knowledge/stages/build-failure.ts";
import { commandRule } from "../rule.ts";

export const gpuAtBuild = commandRule({
  id: "gpu-at-build",
  title: "Question about a GPU, which a build does not have",
  severity: "warning",
  tags: ["build"],
  aliases: ["no-buildtime-gpu-queries"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`nvidia-smi\` in RUN, and Python that fails where there is no GPU (\`assert torch.cuda.is_available()\`). Silent
      for RUN with \`--device\`, and where it may fail.`,
    why: source`
      GPUs, and \`nvidia-smi\` with them, are put into a container by \`--gpus\` when it is started. A build has none: the command
      is not found, or says that there is no GPU, which tells nothing of the machine that runs the image.`,
    bad: source`
      FROM nvidia/cuda:13.0.1-runtime-ubuntu24.04
      RUN nvidia-smi
          ^^^^^^^^^^ gpu-at-build: A build has no GPU: nvidia-smi comes into a container that is started with one.`,
    good: source`
      FROM nvidia/cuda:13.0.1-runtime-ubuntu24.04
      HEALTHCHECK CMD nvidia-smi`,
  },
  programs: ["nvidia-smi", "python", "python3"],

  check({ program, command, run }, report) {
    if (run.flags.some((it) => it.name === "device") || mayFail(command) || command.conditional) return;
    if (program === "nvidia-smi")
      report(
        command.name?.span ?? command.span,
        "A build has no GPU: nvidia-smi comes into a container that is started with one.",
      );
    else {
      const at = command.arguments.findIndex((it) => it.raw === "-c");
      const code = at < 0 ? undefined : command.arguments[at + 1];
      if (code && ASSERTION.test(code.raw) && !/\b(if|try)\b/.test(code.raw))
        report(code.span, "A build has no GPU, so this fails: a container gets one when it is started.");
    }
  },
});

const ASSERTION =
  /\bassert\s+torch\.cuda\.(is_available\(\)|device_count\(\)\s*(>|>=|!=))|\btorch\.cuda\.get_device_(name|properties|capability)\(/;
