import { joinPath, resolvePath } from "../../model/stage/paths.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import { source } from "../../text/source.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import {
  CHANGES_SCRIPTS,
  type ManifestPart,
  manifestParts,
} from "../knowledge/packages/needs/manifest-parts.ts";
import { isFirstOfScript, mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule } from "../rule.ts";

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
      point: \`replace … => ./lib\` of go.mod, \`-r base.txt\` of a requirements file, modules of pom.xml, members of a Cargo workspace,
      \`path:\` of a Gemfile, the sources of a Cargo package, the folder of \`mvnw\` or \`gradlew\`, \`yarnPath\` of .yarnrc.yml, patches of pnpm, Yarn and Bun, the \`classmap\` of composer.json and what its scripts run (\`artisan\`),
      and what a \`postinstall\` or \`prepare\` of package.json starts. The manifest is read in the build context.`,
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
  programs: [
    "go",
    "pip",
    "pip3",
    "mvn",
    "mvnw",
    "gradlew",
    "cargo",
    "bundle",
    "bun",
    "composer",
    "npm",
    "pnpm",
    "yarn",
  ],

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
    for (const part of parts) {
      const { manifest, written, path, verb = "refers to", isOptional = false } = part;
      const there = state.hasPath(resolvePath(directory, path) ?? directory);
      const isIgnored = there.asContextIs !== undefined && isKeptOut(manifest, path, directory, call);
      if ((there.is !== "no" && !isIgnored) || isFoundElsewhere(part, directory, call)) continue;
      if (isOptional && !isBeside(manifest, path, directory, call)) continue;
      const why = isIgnored ? "the ignore file keeps out of the build" : `is not in ${directory} here`;
      report(command.span, `${manifest} ${verb} ${written}, which ${why}.`, {
        related: there.because,
        severity: !isOptional && failsRun(command, script, run, stage) ? "error" : "warning",
      });
      return;
    }
  },
});

/** Does the ignore file keep the part out, which is in the context beside its manifest? */
function isKeptOut(manifest: string, path: string, directory: string, call: CommandCall): boolean {
  const part = besideManifest(manifest, path, directory, call);
  const { context } = call.stage.model.inputs;
  if (part === undefined || !context) return false;
  return context.exists(part) !== "absent" && context.isIgnored(part).is === "yes";
}

/** Is the part in the build context, beside its manifest? */
function isBeside(manifest: string, path: string, directory: string, call: CommandCall): boolean {
  const part = besideManifest(manifest, path, directory, call);
  return part !== undefined && call.stage.model.inputs.context?.exists(part) === "directory";
}

/** Where in the build context the part would be. */
function besideManifest(
  manifest: string,
  path: string,
  directory: string,
  { stage, instruction }: CommandCall,
): string | undefined {
  const from = originOf(joinPath(directory, manifest), stage, instruction)?.contextPath;
  return from?.endsWith(manifest) ? from.slice(0, from.length - manifest.length) + path : undefined;
}

/** Prisma looks in two places, and where its own configuration says; the scripts of packages may be told not to run. */
function isFoundElsewhere(
  { manifest, path }: ManifestPart,
  directory: string,
  { command, stage, instruction }: CommandCall,
): boolean {
  const state = stage.before(instruction);
  const isOneSet = (...names: string[]) => names.some((it) => state.isSet(it).is !== "no");
  // A setting of the environment goes before the file.
  if (manifest === ".yarnrc.yml") return isOneSet("YARN_IGNORE_PATH", "YARN_YARN_PATH");
  if (manifest === "composer.json") return state.isSet("COMPOSER").is === "yes";
  const isNode = /^(?:npm|pnpm|yarn)$/.test(command.name?.literal ?? "");
  if (isNode && stage.instructions.some((it) => it.name === "RUN" && says(CHANGES_SCRIPTS, it))) return true;
  if (isNode && isOneSet("npm_config_ignore_scripts", "NPM_CONFIG_IGNORE_SCRIPTS", "YARN_ENABLE_SCRIPTS"))
    return true;
  return (
    path === "prisma/schema.prisma" &&
    ["schema.prisma", "prisma", "prisma.config.ts"].some(
      (it) => state.hasPath(joinPath(directory, it)).is !== "no",
    )
  );
}
