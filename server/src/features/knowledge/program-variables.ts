/** An environment variable that a program of an image reads, with the value that mostly makes sense there. */
export interface ProgramVariable {
  readonly name: string;
  readonly value: string;
  /** In our own words. */
  readonly summary: string;
}

const variable = (name: string, value: string, summary: string): ProgramVariable => ({
  name,
  value,
  summary,
});

/** By the program that reads them (the programs' own documentation, read 2026-11). Not complete: what Dockerfiles mostly set. */
export const variablesOfPrograms: Readonly<Record<string, readonly ProgramVariable[]>> = {
  go: [
    variable("CGO_ENABLED", "0", "Without C code: the program needs no C library, and runs on scratch too."),
    variable("GOTOOLCHAIN", "local", "The Go of the image builds, and no newer one is downloaded."),
    variable("GOFLAGS", "-mod=readonly", "Flags for each call of `go`."),
    variable("GOPROXY", "https://proxy.golang.org,direct", "Where modules are downloaded from."),
  ],
  python3: [
    variable("PYTHONUNBUFFERED", "1", "What the program writes is in the log at once."),
    variable("PYTHONDONTWRITEBYTECODE", "1", "No `.pyc` files beside the sources."),
    variable("PIP_NO_CACHE_DIR", "1", "pip keeps no downloads in the image."),
    variable("VIRTUAL_ENV", "/opt/venv", "Folder of the virtual environment."),
  ],
  uv: [
    variable("UV_COMPILE_BYTECODE", "1", "Compiles when installing: the program starts sooner."),
    variable("UV_LINK_MODE", "copy", "Copies from the cache, which lies in a mount and cannot be linked to."),
  ],
  node: [
    variable("NODE_ENV", "production", "Frameworks leave out what is for development, and so does `npm ci`."),
    variable("NODE_OPTIONS", "--enable-source-maps", "Options for each start of Node."),
  ],
  java: [
    variable(
      "JAVA_TOOL_OPTIONS",
      "-XX:MaxRAMPercentage=75",
      "Options for each start of Java. It takes a quarter of the container's memory when nothing is said.",
    ),
  ],
  dotnet: [
    variable("ASPNETCORE_HTTP_PORTS", "8080", "Ports that ASP.NET Core listens on; 8080 since .NET 8."),
    variable("DOTNET_EnableDiagnostics", "0", "Runs on a file system that cannot be written to."),
  ],
  bundle: [
    variable("RAILS_ENV", "production", "How Rails runs."),
    variable("BUNDLE_WITHOUT", "development:test", "Groups of gems that are not installed."),
  ],
  php: [variable("PHP_INI_SCAN_DIR", ":/etc/php.d", "Further folders with configuration.")],
};

export const commonVariables: readonly ProgramVariable[] = [
  variable("PATH", "/app/bin:$PATH", "Folders that programs are looked for in, the first goes first."),
  variable("LANG", "C.UTF-8", "Texts are UTF-8."),
  variable("TZ", "Etc/UTC", "Time zone, where the image has tzdata."),
];
