import type { BuilderChoice, BuildRequest } from "../build/build-types.ts";

/** What `docker` is called with. Values that must not be seen are in the environment or the input, as anyone can see a command line. */
export interface BuildxCommand {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What it reads from its standard input. */
  readonly input?: string;
}

/**
 * A build as `docker buildx build` takes it (docs.docker.com/reference/cli/docker/buildx/build, read 2026-11). `dockerfile` and `idFile` are
 * absolute; into `idFile` the id of the image is written, or what `readImageId` finds it in.
 *
 * An address of a named context may have a password, for which `build` has nothing but its command line: then the build is one target of
 * `docker buildx bake`, which reads it from its input.
 */
export function buildxCommand(
  request: BuildRequest,
  builder: BuilderChoice,
  secrets: ReadonlyMap<string, Buffer>,
  dockerfile: string,
  idFile: string,
): BuildxCommand {
  const hidden = request.hidden ?? [];
  const addresses = Object.values(request.contexts ?? {});
  return addresses.some((it) => hidden.some((value) => it.includes(value)))
    ? bakeCommand(request, builder, secrets, dockerfile, idFile)
    : buildCommand(request, builder, secrets, dockerfile, idFile);
}

function buildCommand(
  request: BuildRequest,
  builder: BuilderChoice,
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
  const platforms = platformsOf(request, builder);
  return {
    args: [
      ...["buildx", "build", "--builder", builder.name, "--progress=rawjson", `--${builder.output}`],
      ...["--file", dockerfile, "--iidfile", idFile],
      ...each("--tag", request.tags),
      ...(request.target === undefined ? [] : ["--target", request.target]),
      ...(platforms.length === 0 ? [] : ["--platform", platforms.join(",")]),
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

/** The same as one target of a bake file (docs.docker.com/build/bake/reference, read 2026-11; tried with buildx 0.29). */
function bakeCommand(
  request: BuildRequest,
  builder: BuilderChoice,
  secrets: ReadonlyMap<string, Buffer>,
  dockerfile: string,
  idFile: string,
): BuildxCommand {
  const environment: Record<string, string> = {
    // The folders are those that the user chose; without this it asks for each that is not below its own.
    BUILDX_BAKE_ENTITLEMENTS_FS: "0",
    // What it would write beside the id has the addresses in it.
    BUILDX_METADATA_PROVENANCE: "disabled",
  };
  const target = {
    ...{ context: request.context, dockerfile, tags: request.tags },
    ...{ args: request.buildArguments, contexts: request.contexts, labels: request.labels },
    ...{ target: request.target, platforms: platformsOf(request, builder), network: request.network },
    ...{ "extra-hosts": request.extraHosts, "cache-from": request.cacheFrom, ssh: sshFlags(request) },
    ...{ secret: secretFlags(request, secrets, environment), pull: request.pull },
    "no-cache": request.noCache,
    ...(request.network === "host" && { entitlements: ["network.host"] }),
  };
  return {
    args: [
      ...["buildx", "bake", "--builder", builder.name, "--progress=rawjson", `--${builder.output}`],
      ...["--file", "-", "--metadata-file", idFile],
      ...(request.network === "host" ? ["--allow", "network.host"] : []),
      bakeTarget,
    ],
    environment,
    input: JSON.stringify({ target: { [bakeTarget]: target } }, (_, value) =>
      typeof value === "string" ? literal(value) : value,
    ),
  };
}

const bakeTarget = "plimsoll";

/** In the texts of a bake file `${` and `%{` would begin a template. */
function literal(text: string): string {
  return text.replace(/([$%])(?=\{)/g, "$1$1");
}

/** The image's id in what was written to `idFile`: it alone by `build`, among other things by `bake`. Empty when there is none. */
export function readImageId(written: string): string {
  const text = written.trim();
  if (!text.startsWith("{")) return text;
  try {
    const { [bakeTarget]: image } = JSON.parse(text) as Record<string, Record<string, unknown> | undefined>;
    return String(image?.["containerimage.config.digest"] ?? image?.["containerimage.digest"] ?? "");
  } catch {
    return "";
  }
}

function platformsOf(
  { platform }: BuildRequest,
  { platforms }: Pick<BuilderChoice, "platforms">,
): readonly string[] {
  if (platforms.length > 0) return platforms;
  return platform === undefined ? [] : [platform];
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
