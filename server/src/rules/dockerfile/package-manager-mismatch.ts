import { mayMountProgram } from "../../model/stage/instructions/run.ts";
import type { StageState } from "../../model/stage/state.ts";
import { source } from "../../text/source.ts";
import { programsOf, readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { stopsOnFailure } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { translateInstall } from "../writing/commands/translate-install.ts";

export const packageManagerMismatch = commandRule({
  id: "package-manager-mismatch",
  title: "Package manager of another distribution",
  severity: "error",
  tags: ["build"],
  aliases: ["S09", "wrong-package-manager"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports RUN with a package manager that is certainly not in the image: \`apt-get\` on Alpine, \`apk\` on Debian, any of
      them in an image that has none. Between apk and apt the fix translates an update and an installation of packages
      that both distributions have.`,
    why: source`
      The shell does not find the program and the build ends. It happens when the base image is changed for a smaller one, or
      when a RUN is taken over from another file.`,
    bad: source`
      FROM alpine:3.24
      RUN apt-get update && apt-get install -y curl
          ^^^^^^^ package-manager-mismatch: apt-get is not in this image; its package manager is apk.`,
    good: source`
      FROM alpine:3.24
      RUN apk add --no-cache curl`,
  },
  programs: [...programsOf("apk", "apt", "dnf", "yum", "zypper"), "dpkg", "pacman", "rpm"],

  check(call, report) {
    const { program, command, run } = call;
    const state = stateOf(call);
    const there = state.hasTool(command.name?.literal ?? program);
    if (!command.name || there.is !== "no" || !isSurelyRun(call, state)) return;
    // Without a shell it is the shell that is not found.
    if (!run.exec && state.hasShell.is === "no") return;
    // A whole file system that was copied into an empty image may have brought one.
    const other = managerOf(state);
    if (other === undefined) return;
    report(command.name.span, `${program} is not in this image${other}.`, {
      severity: endsTheBuild(call) ? "error" : "warning",
      related: there.because,
      fixes: fixesOf(call, state),
    });
  },
});

/** What the image has instead, as the end of a sentence; undefined where its system is not known. */
function managerOf({ packageManager, os }: StageState): string | undefined {
  if (packageManager.known)
    return packageManager.value === "none" ? "" : `; its package manager is ${packageManager.value}`;
  if (!os.known) return undefined;
  return os.value.family === "rhel" ? "; its package manager is dnf, microdnf or yum" : "";
}

/** A trigger runs in an image that is built on the whole stage. */
function stateOf({ stage, instruction }: CommandCall): StageState {
  return instruction.name === "ONBUILD" ? stage.result : stage.before(instruction);
}

/** Is it the first thing of its RUN that could bring anything, and does nothing ask first whether it is there? */
function isSurelyRun({ program, command, script, run }: CommandCall, { workdir }: StageState): boolean {
  if (command.conditional || command.mayFail || command.subshell || script.functions.length > 0) return false;
  if (mayMountProgram(run, workdir.known ? workdir.value : undefined, program)) return false;
  const before = script.commands.slice(0, script.commands.indexOf(command));
  return before.every((it) => it.name !== undefined && QUIET.has(it.name.literal ?? ""));
}

const QUIET: ReadonlySet<string> = new Set(["set", "export", "cd", "echo", "printf", "mkdir", "true", ":"]);

/** Behind a failed command a script goes on, unless `set -e` or `&&` ends it. */
function endsTheBuild({ command, script, run, stage }: CommandCall): boolean {
  const behind = script.commands.slice(script.commands.indexOf(command) + 1);
  return behind.every((it) => it.after === "&&") || stopsOnFailure(script, run, stage);
}

function fixesOf({ command, script, run, stage }: CommandCall, state: StageState): readonly Fix[] {
  const manager = readPackageCommand(command)?.manager;
  const to = manager === "apt" ? "apk" : manager === "apk" ? "apt" : undefined;
  if (!to || state.hasTool(to === "apk" ? "apk" : "apt-get").is !== "yes") return [];
  const edits = translateInstall(to, { script, run, stage });
  return edits ? [{ kind: "unsafe", title: `Install with ${to === "apk" ? "apk" : "apt-get"}`, edits }] : [];
}
