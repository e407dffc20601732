import { type Uri, workspace } from "vscode";

/** The only reader of the user's settings on this side; the server asks for its own. */
export function lensesAreOn(resource: Uri): boolean {
  return workspace.getConfiguration("plimsoll", resource).get("codeLens.enabled", true);
}

/** Whether facts about base images may be read from the engine. */
export function readsImages(): boolean {
  return workspace.getConfiguration("plimsoll").get("engine.readImages", true);
}

/** Address of the engine that the user names, e.g. `unix:///run/user/1000/podman/podman.sock`; undefined when none is named. */
export function engineHost(): string | undefined {
  return workspace.getConfiguration("plimsoll").get("engine.host", "").trim() || undefined;
}

/** What the user names as the program of Compose, e.g. `podman compose`; empty when none is named. */
export function composeProgram(): string {
  return workspace.getConfiguration("plimsoll").get("compose.program", "");
}

/** Whether `up` leaves services running and gives the terminal back. */
export function composeDetaches(resource: Uri): boolean {
  return workspace.getConfiguration("plimsoll", resource).get("compose.detached", true);
}

/** What the user names as scanner; empty when none is named. */
export function scanProgram(): string {
  return workspace.getConfiguration("plimsoll").get("scan.program", "");
}

/** The least severity of a vulnerability that is shown. */
export function scanSeverity(): string {
  return workspace.getConfiguration("plimsoll").get("scan.severity", "medium");
}

/** How sizes are shown; bytes. */
export interface SizeLimits {
  readonly show: boolean;
  /** Whether heavy lines have a bar in the gutter. */
  readonly gutter: boolean;
  /** From here on a line's size has the first colour, and the second. */
  readonly medium: number;
  readonly large: number;
  /** Less waste than this is not reported. */
  readonly waste: number;
}

/** How sizes are shown beside lines, and from which size on one stands out; settings are in MB, limits in bytes. */
export function sizeLimits(resource: Uri): SizeLimits {
  const settings = workspace.getConfiguration("plimsoll.sizes", resource);
  const megabytes = (name: string, otherwise: number) => {
    const value = settings.get<number>(name, otherwise);
    return (Number.isFinite(value) && value >= 0 ? value : otherwise) * 1_000_000;
  };
  return {
    show: settings.get("showBesideLines", true),
    gutter: settings.get("gutter", false),
    medium: megabytes("mediumFrom", 10),
    large: megabytes("largeFrom", 100),
    waste: megabytes("reportWasteFrom", 1),
  };
}

/** Whether the status bar tells what the active Dockerfile's last build weighs. */
export function showsSizeStatus(resource: Uri): boolean {
  return workspace.getConfiguration("plimsoll.sizes", resource).get("showInStatusBar", true);
}

/** What is built of a Dockerfile with unsaved changes. */
export function unsavedChoice(resource: Uri): "save" | "use" | "ask" {
  const choice = workspace.getConfiguration("plimsoll", resource).get<string>("build.unsaved", "save");
  return choice === "use" || choice === "ask" ? choice : "save";
}

/** The builder of `docker buildx` that builds go through; undefined for the engine. */
export function buildxBuilder(resource: Uri | undefined): string | undefined {
  return workspace.getConfiguration("plimsoll", resource).get("build.builder", "").trim() || undefined;
}

/** Whether the duration and cache state of the last build stand beside instructions. */
export function showsTimes(resource: Uri): boolean {
  return workspace.getConfiguration("plimsoll", resource).get("build.showTimes", true);
}
