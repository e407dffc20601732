import type { Stage } from "../../../model/stage/stage.ts";
import { says } from "../../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";

/** A user that a service in a stage can run as. */
export interface ServiceUser {
  /** As USER says it. */
  readonly name: string;
  /** What creates it; undefined when it is there already. */
  readonly create: CreatedUser | undefined;
}

export interface CreatedUser {
  readonly name: string;
  /** The shell command, in the image's own dialect. */
  readonly command: string;
}

/** Users that official images bring for the service (their Dockerfiles, read 2026-11). */
const brought = ["node", "nonroot", "app", "deno", "bun"];

/** The id that distroless and Chainguard images give their `nonroot`; it needs no entry in /etc/passwd. */
const numeric = "65532:65532";

/**
 * Who the service in this stage should run as: the base's own user that a later USER undid, one that the stage
 * creates or the image brings, else a new one. Undefined when nothing certain can be said.
 */
export function userFor(stage: Stage): ServiceUser | undefined {
  const { initial, result } = stage;
  if (initial.user.known && !initial.user.value.isRoot)
    return { name: initial.user.value.name, create: undefined };

  if (writesAsRoot(stage)) return undefined;
  const there = [...createdIn(stage), ...brought].find((it) => result.hasUser(it).is === "yes");
  if (there) return { name: there, create: undefined };
  if (result.hasShell.is !== "yes")
    return result.hasShell.is === "no" ? { name: numeric, create: undefined } : undefined;

  const name = NEW_NAMES.find((it) => isFree(it, stage));
  const command = name && creationOf(name, stage, newId);
  return command ? { name: newId, create: { name, command } } : undefined;
}

const NEW_NAMES: readonly string[] = ["app", "service", "runner"];

/** Not known is not taken, unless a command that makes users names it: that may have failed, or not. */
function isFree(name: string, stage: Stage): boolean {
  const { is } = stage.result.hasUser(name);
  return (
    is === "no" || (is === "unknown" && !stage.instructions.some((it) => says(CREATES[name] ?? /./, it)))
  );
}

const CREATES: Readonly<Record<string, RegExp>> = Object.fromEntries(
  NEW_NAMES.map((it) => [it, new RegExp(`\\b(?:useradd|adduser)\\b[^\\n]*\\b${it}\\b`)]),
);

/** Above the ids that distributions and images give, and below where useradd begins to write large files. */
const newId = "10001";

/** The command that creates a user where this stage ends; undefined when the image has none for it. */
export function creationOf(name: string, { result }: Stage, id?: string): string | undefined {
  if (!result.os.known) return undefined;
  const { family } = result.os.value;
  if (family === "alpine" || family === "busybox" || family === "wolfi")
    return `adduser -D ${id === undefined ? "" : `-u ${id} `}${name}`;
  if (result.hasTool("useradd").is === "no") return undefined;
  return ["debian", "rhel", "suse", "arch"].includes(family)
    ? `useradd --create-home ${id === undefined ? "" : `--uid ${id} `}${name}`
    : undefined;
}

/**
 * Web servers write to folders of root's before their workers step down: as another user they end at once
 * (nginxinc/docker-nginx, docker-library/httpd, read 2026-11).
 */
function writesAsRoot({ bottom: { base } }: Stage): boolean {
  return base.kind === "image" && ["nginx", "httpd"].includes(base.image.name);
}

function createdIn(stage: Stage): string[] {
  return stage.instructions.flatMap((instruction) => usersMadeBy(instruction, stage));
}

function usersMadeBy(instruction: Instruction, stage: Stage): string[] {
  if (instruction.name !== "RUN") return [];
  return (
    (stage.scriptOf(instruction)?.commands ?? [])
      .filter((it) => it.name?.literal === "useradd" || it.name?.literal === "adduser")
      // `adduser app group` adds to a group: of the plain words the first is the user in both dialects.
      .flatMap((it) => it.arguments.flatMap((word) => word.literal ?? []))
      .filter((word) => /^[a-z_][a-z0-9_-]*$/.test(word))
  );
}

/** A user that a stage, or one that it is built on, creates and that no USER of it names. */
export function unusedUser(
  stage: Stage,
): { readonly name: string; readonly createdBy: Instruction } | undefined {
  const named = new Set<string>();
  for (let it: Stage | undefined = stage; it; it = it.base.kind === "stage" ? it.base.stage : undefined)
    for (const { name, words } of it.instructions)
      if (name === "USER") named.add(words[0]?.raw.split(":")[0] ?? "");
  // A number may be the one of any of them.
  if ([...named].some((it) => /^[\d$]/.test(it))) return undefined;
  for (let it: Stage | undefined = stage; it; it = it.base.kind === "stage" ? it.base.stage : undefined)
    for (const instruction of it.instructions) {
      const name = usersMadeBy(instruction, it).find((one) => stage.result.hasUser(one).is === "yes");
      if (name !== undefined && !named.has(name)) return { name, createdBy: instruction };
    }
  return undefined;
}
