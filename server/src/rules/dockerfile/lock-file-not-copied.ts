import type { BuildContext } from "../../model/context/build-context.ts";
import { joinPath, prefixesOf } from "../../model/stage/paths.ts";
import type { StageState } from "../../model/stage/state.ts";
import { source } from "../../text/source.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { type LockedInstall, lockedInstall } from "../knowledge/packages/needs/lock-files.ts";
import { isFirstOfScript, mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule } from "../rule.ts";

export const lockFileNotCopied = commandRule({
  id: "lock-file-not-copied",
  title: "Install from a lock file that was never copied",
  severity: "error",
  tags: ["build"],
  aliases: ["S47", "lockfile-not-copied"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`npm ci\`, \`pnpm install --frozen-lockfile\`, \`yarn install --immutable\`, \`uv sync\` and \`cargo build\` with
      \`--frozen\` or \`--locked\`, a frozen \`bundle install\`, \`pipenv sync\`, \`pipenv install --system\` and \`go build -mod=vendor\` in a directory that certainly holds no lock file at this point: it is
      not copied, the ignore file keeps it out, or the project has none beside its manifest.`,
    why: source`
      These commands install what the lock file says and nothing else, so without it they end with an error. Copy it together
      with the manifest.`,
    bad: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package.json ./
      RUN npm ci
          ^^^^^^ lock-file-not-copied: npm ci needs package-lock.json, which is not in /app here.`,
    good: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci`,
  },
  programs: ["npm", "pnpm", "yarn", "uv", "bundle", "cargo", "go", "pipenv"],

  check(call, report) {
    const { command, run, instruction, stage } = call;
    const state = stage.before(instruction);
    if (instruction.name !== "RUN" || mayFail(command) || !state.workdir.known) return;
    const locked = lockedInstall(command, (name) => {
      const value = state.variable(name);
      return value.known ? value.value : undefined;
    });
    if (!locked || mayMountFiles(run) || !isFirstOfScript(command, call.script)) return;
    const directory = state.workdir.value;
    // In a workspace the lock file stands at its root.
    const answers = prefixesOf(directory)
      .toReversed()
      .flatMap((folder) => locked.files.map((it) => state.hasPath(joinPath(folder, it))));
    if (answers.some((it) => it.is === "yes" || (it.is === "unknown" && !it.asContextIs))) return;
    const isOpen = answers.some((it) => it.is === "unknown");
    if (isOpen && !isLeftOut(locked, directory, call)) return;
    const { manifest, unlessFolder } = locked;
    if (manifest && !asksForLock(joinPath(directory, manifest.file), manifest.asks, state, call)) return;
    if (unlessFolder !== undefined && state.hasPath(joinPath(directory, unlessFolder)).is !== "no") return;
    const [file] = locked.files;
    const isSure = !manifest && !isOpen && failsRun(command, call.script, run, stage);
    report(
      command.span,
      `${locked.command} needs ${file}, which ${isOpen ? "the build context does not have" : `is not in ${directory} here`}.`,
      {
        related: answers[0]?.because ?? [],
        severity: isSure ? "error" : "warning",
      },
    );
  },
});

/**
 * Is the project's manifest copied from a folder of the context that has no lock file? Of a folder that was taken for the context only
 * where it looks like a project, as the lock file of a workspace stands further up.
 */
function isLeftOut(
  { project, files }: LockedInstall,
  directory: string,
  { stage, instruction }: CommandCall,
): boolean {
  const { context } = stage.model.inputs;
  const from = project && originOf(joinPath(directory, project), stage, instruction)?.contextPath;
  if (from === undefined || !context) return false;
  const paths = prefixesOf(`/${from}`).flatMap((folder) => files.map((it) => joinPath(folder, it).slice(1)));
  const there = paths.filter((it) => context.exists(it) !== "absent");
  if (there.length === 0) return isRootOfProject(context);
  return there.every((it) => context.isIgnored(it).is === "yes");
}

/** A Compose file builds in it, or it is a repository: above it is nothing that belongs to it. */
function isRootOfProject({ origin, exists }: BuildContext): boolean {
  return origin === "given" || exists(".git") !== "absent";
}

/** Does the manifest that was copied there name something that has to be locked? */
function asksForLock(
  path: string,
  asks: RegExp,
  state: StageState,
  { stage, instruction }: CommandCall,
): boolean {
  const content = state.fileAt(path)?.content;
  if (content === "empty") return false;
  if (content && !("contextPath" in content)) return asks.test(content.text.text);
  const from = content?.contextPath ?? originOf(path, stage, instruction)?.contextPath;
  const text = from === undefined ? undefined : stage.model.inputs.context?.read(from);
  return text !== undefined && asks.test(text);
}
