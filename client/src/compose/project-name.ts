/**
 * The name of a Compose project, by which its containers are labelled; undefined when it cannot be known from here. `fromEnvironment` is
 * `COMPOSE_PROJECT_NAME`, `written` are the `name:` of its files, and `folder` is the name of the folder of the first of them
 * (compose-go cli/options.go and loader/loader.go, read 2026-11: the environment counts first, then the last file with a name).
 */
export function projectName(
  fromEnvironment: string | undefined,
  written: readonly (string | null)[],
  folder: string,
): string | undefined {
  if (fromEnvironment) return fromEnvironment;
  const name = written.findLast((it) => it !== null && it !== "");
  if (name) return name.includes("$") ? undefined : name;
  return folder
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}
