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

/** Whether the duration and cache state of the last build stand beside instructions. */
export function showsTimes(resource: Uri): boolean {
  return workspace.getConfiguration("plimsoll", resource).get("build.showTimes", true);
}
