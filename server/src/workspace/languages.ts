/** The kinds of file that Plimsoll reads: those that describe images and services, and those that these read besides. */
export type FileKind = "dockerfile" | "compose" | SideFileKind;

/** `environment`: `.env` and what `env_file` names. `ignore`: `.dockerignore` and its like. */
export type SideFileKind = "environment" | "ignore";

export function isSideFile(kind: FileKind): kind is SideFileKind {
  return kind === "environment" || kind === "ignore";
}

/** What a file is, told by its name; undefined for a file that is not ours. `path` may use `/` or `\`. */
export function kindOfFile(path: string): FileKind | undefined {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  // Beside a Dockerfile its ignore file is named after it.
  if (/\.(docker|container)ignore$/i.test(name)) return "ignore";
  if (/^(Dockerfile|Containerfile)([.-].+)?$/i.test(name) || /\.(dockerfile|containerfile)$/i.test(name))
    return "dockerfile";
  if (/^(docker-)?compose([.-].+)?\.ya?ml$/i.test(name)) return "compose";
  if (/^\.env(\..+)?$/.test(name) || /.\.env$/.test(name)) return "environment";
  return undefined;
}

/** By the editor's language id, which the user may have set by hand; else by name. */
export function kindOfDocument(languageId: string, path: string): FileKind | undefined {
  switch (languageId) {
    case "dockerfile":
      return "dockerfile";
    case "dockercompose":
      return "compose";
    case "dotenv":
      return "environment";
    default:
      return kindOfFile(path);
  }
}

/** Globs of the files that say how others are checked, as far as they are no programs and belong to nobody else. */
export const configurationGlobs: readonly string[] = [
  "**/{.plimsoll,.hadolint,hadolint}.{yaml,yml}",
  "**/.plimsoll.json",
  "**/{.dclintrc,.dclintrc.json,.dclintrc.yaml,.dclintrc.yml}",
];

/** Is it one of them? */
export function isConfigurationFile(path: string): boolean {
  return /(?:^|[\\/])(?:(?:\.plimsoll|\.?hadolint)\.ya?ml|\.plimsoll\.json|\.dclintrc(?:\.json|\.ya?ml)?)$/.test(
    path,
  );
}

/** Globs of the same, for an editor that watches files for us. */
export const watchedFiles: readonly string[] = [
  "**/{Dockerfile,Containerfile}*",
  "**/*.{dockerfile,containerfile,Dockerfile}",
  "**/{docker-compose,compose}*.{yml,yaml}",
  "**/{.env,*.env,.env.*}",
  "**/{go.mod,package.json}",
  // What says where a build writes to.
  "**/{pom.xml,{build,settings}.gradle{,.kts},gradle.properties,*.csproj,Directory.Build.props,composer.json}",
  "**/{tsconfig*,angular,nest-cli}.json",
  "**/{vite,next,vue,astro,nuxt,docusaurus,tsup,webpack,rollup,craco}.config.*",
  "**/{.plimsoll,.hadolint,hadolint}.{yaml,yml,json}",
  // What services mount: configurations of proxies and scripts of databases.
  "**/{Caddyfile,*.conf,*.cfg,*.conf.template,*.sql}",
  "**/{.dclintrc,dclintrc,.dclintrc.json,.dclintrc.yaml,.dclintrc.yml}",
  "**/{.dockerignore,*.dockerignore,.containerignore,.gitignore}",
];
