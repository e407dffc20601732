/** What Compose is asked to do. Services are named, or none for all. */
export type ComposeAction =
  | {
      readonly kind: "up";
      readonly services: readonly string[];
      readonly build: boolean;
      readonly detach: boolean;
    }
  | { readonly kind: "down"; readonly volumes: boolean }
  | { readonly kind: "start" | "stop" | "restart" | "pull" | "watch"; readonly services: readonly string[] }
  | { readonly kind: "logs"; readonly services: readonly string[] }
  | { readonly kind: "run" | "exec"; readonly service: string; readonly command: readonly string[] }
  | { readonly kind: "shell"; readonly service: string }
  | { readonly kind: "config" };

/** Which project, as far as it has to be told. */
export interface ComposeTarget {
  /** Paths for `-f`; none where Compose finds its own. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
}

/** How much of what was logged before is shown of each container. */
const loggedBefore = "200";

/** The arguments for Compose, for a process and not for a shell: nothing in them is quoted. */
export function composeArguments({ files, profiles }: ComposeTarget, action: ComposeAction): string[] {
  return [
    ...files.flatMap((it) => ["--file", it]),
    ...profiles.flatMap((it) => ["--profile", it]),
    ...actionArguments(action),
  ];
}

function actionArguments(action: ComposeAction): readonly string[] {
  switch (action.kind) {
    case "up":
      return [
        "up",
        ...(action.detach ? ["--detach"] : []),
        ...(action.build ? ["--build"] : []),
        ...action.services,
      ];
    case "down":
      return ["down", ...(action.volumes ? ["--volumes"] : [])];
    case "logs":
      return ["logs", "--follow", "--tail", loggedBefore, ...action.services];
    case "run":
      // A container of one command is of no use after it.
      return ["run", "--rm", action.service, ...action.command];
    case "exec":
      return ["exec", action.service, ...action.command];
    case "shell":
      return [
        "exec",
        action.service,
        "sh",
        "-c",
        "if command -v bash >/dev/null; then exec bash; else exec sh; fi",
      ];
    case "config":
      return ["config"];
    default:
      return [action.kind, ...action.services];
  }
}

/** Whether it is about containers that are there, whatever profile brought them; else only what the chosen profiles name is meant. */
export function meansAllProfiles({ kind }: ComposeAction): boolean {
  return ["down", "stop", "restart", "logs", "exec", "shell"].includes(kind);
}

/** Whether it goes on until the user ends it. */
export function goesOn(action: ComposeAction): boolean {
  return (
    ["logs", "watch", "shell", "run", "exec"].includes(action.kind) ||
    (action.kind === "up" && !action.detach)
  );
}
