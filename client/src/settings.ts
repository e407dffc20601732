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

/** What is built of a Dockerfile with unsaved changes. */
export function unsavedChoice(resource: Uri): "save" | "use" | "ask" {
  const choice = workspace.getConfiguration("plimsoll", resource).get<string>("build.unsaved", "save");
  return choice === "use" || choice === "ask" ? choice : "save";
}

/** The builder of `docker buildx` that builds go through; undefined for the engine. */
export function buildxBuilder(resource: Uri): string | undefined {
  return workspace.getConfiguration("plimsoll", resource).get("build.builder", "").trim() || undefined;
}
