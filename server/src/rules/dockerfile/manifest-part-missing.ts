import { joinPath, resolvePath } from "../../model/stage/paths.ts";
import { source } from "../../text/source.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { manifestParts } from "../knowledge/packages/manifest-parts.ts";
import { isFirstOfScript, mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { commandRule } from "../rule.ts";

export const manifestPartMissing = commandRule({
  id: "manifest-part-missing",
  title: "Install before a part of the project that it reads is copied",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports an install or build whose manifest names another part of the project that is certainly not in the directory at this
      point: \`replace … => ./lib\` of go.mod, \`-r base.txt\` of a requirements file, modules of pom.xml, members of a Cargo workspace and
      \`path:\` of a Gemfile. The manifest is read in the build context.`,
    why: source`
      Copying the manifest alone keeps the layer of the dependencies, but these commands read what the manifest names, and
      end with "no such file or directory" or "Child module does not exist". Copy those parts, or their manifests, too.`,
    context: {
      "go.mod":
        "module example.com/api\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ./lib\n",
      "go.sum": "",
      "lib/go.mod": "module example.com/lib\n",
    },
    bad: source`
      FROM golang:1.27
      WORKDIR /src
      COPY go.mod go.sum ./
      RUN go mod download
          ^^^^^^^^^^^^^^^ manifest-part-missing: go.mod refers to ./lib, which is not in /src here.`,
    good: source`
      FROM golang:1.27
      WORKDIR /src
      COPY go.mod go.sum ./
      COPY lib/go.mod lib/
      RUN go mod download`,
  },
  programs: ["go", "pip", "pip3", "mvn", "mvnw", "cargo", "bundle"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    const state = stage.before(instruction);
    if (instruction.name !== "RUN" || mayFail(command) || !state.workdir.known) return;
    if (mayMountFiles(run) || !isFirstOfScript(command, script)) return;
    const directory = state.workdir.value;
    const parts = manifestParts(
      command,
      (path) => originOf(joinPath(directory, path), stage, instruction)?.text,
    );
    for (const { manifest, written, path } of parts) {
      const there = state.hasPath(resolvePath(directory, path) ?? directory);
      if (there.is !== "no") continue;
      report(command.span, `${manifest} refers to ${written}, which is not in ${directory} here.`, {
        related: there.because,
        severity: failsRun(command, script, run, stage) ? "error" : "warning",
      });
      return;
    }
  },
});
