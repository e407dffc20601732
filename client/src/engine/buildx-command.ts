import type { BuilderChoice, BuildRequest } from "./build-types.ts";

/** What `docker` is called with. Values that must not be seen are in the environment, as anyone can see a command line. */
export interface BuildxCommand {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * A build as `docker buildx build` takes it (docs.docker.com/reference/cli/docker/buildx/build, read 2026-11). `dockerfile` and
 * `idFile` are absolute.
 */
export function buildxCommand(
  request: BuildRequest,
  { name, output, platforms }: BuilderChoice,
  secrets: ReadonlyMap<string, Buffer>,
  dockerfile: string,
  idFile: string,
): BuildxCommand {
  const environment: Record<string, string> = {};
  const hidden = new Set(request.hidden ?? []);
  const each = (flag: string, values: Iterable<string>) => [...values].flatMap((it) => [flag, it]);
  const pairs = (values: Readonly<Record<string, string>> = {}, sign = "=") =>
    Object.entries(values).map(([key, value]) => `${key}${sign}${value}`);

  const buildArguments = Object.entries(request.buildArguments).map(([key, value]) => {
    // Without a value buildx takes the variable of its environment.
    if (!hidden.has(value)) return `${key}=${value}`;
    environment[key] = value;
    return key;
  });
  const wantedPlatforms = platforms.length > 0 ? platforms : request.platform ? [request.platform] : [];
  return {
    args: [
      ...["buildx", "build", "--builder", name, "--progress=rawjson", `--${output}`],
      ...["--file", dockerfile, "--iidfile", idFile],
      ...each("--tag", request.tags),
      ...(request.target === undefined ? [] : ["--target", request.target]),
      ...(wantedPlatforms.length === 0 ? [] : ["--platform", wantedPlatforms.join(",")]),
      ...each("--build-arg", buildArguments),
      ...each("--label", pairs(request.labels)),
      ...each("--add-host", pairs(request.extraHosts, ":")),
      ...each("--build-context", pairs(request.contexts)),
      ...each("--cache-from", request.cacheFrom ?? []),
      ...each("--secret", secretFlags(request, secrets, environment)),
      ...each("--ssh", sshFlags(request)),
      ...(request.noCache ? ["--no-cache"] : []),
      ...(request.pull ? ["--pull"] : []),
      ...(request.network === undefined ? [] : ["--network", request.network]),
      ...(request.network === "host" ? ["--allow", "network.host"] : []),
      ...["--", request.context],
    ],
    environment,
  };
}

function secretFlags(
  { secrets = [] }: BuildRequest,
  values: ReadonlyMap<string, Buffer>,
  environment: Record<string, string>,
): readonly string[] {
  return secrets.map(({ id, from }, index) => {
    if (from.kind === "file") return fields(`id=${id}`, `src=${from.path}`);
    if (from.kind === "environment") return fields(`id=${id}`, `env=${from.variable}`);
    const variable = `PLIMSOLL_BUILD_SECRET_${index}`;
    environment[variable] = String(values.get(id) ?? "");
    return fields(`id=${id}`, `env=${variable}`);
  });
}

function sshFlags({ ssh = [] }: BuildRequest): readonly string[] {
  return ssh.map(({ id, keys }) => (keys.length === 0 ? id : `${id}=${keys.join(",")}`));
}

/** One line of CSV: a field with a comma or a quote stands in quotes. */
function fields(...values: readonly string[]): string {
  return values.map((it) => (/[",]/.test(it) ? `"${it.replaceAll('"', '""')}"` : it)).join(",");
}
