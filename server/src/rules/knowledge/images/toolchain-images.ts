/** Is it an image to build with, by its name? Vendors' JDKs, and images of compilers whatever they stand on (their pages on Docker Hub, quay.io and ghcr.io, 2026-11). */
export function isMadeToBuild(name: string, tag: string): boolean {
  if (/^(maven|gradle|swift|haskell|amazoncorretto|elixir|hexpm\/elixir)$/.test(name))
    return !/slim|jre|headless/.test(tag);
  return /^(ghcr\.io\/graalvm\/(jdk|native-image)-community|container-registry\.oracle\.com\/graalvm\/\S+|mcr\.microsoft\.com\/openjdk\/jdk|sbtscala\/scala-sbt|registry\.access\.redhat\.com\/ubi\d+\/(openjdk-\d+|go-toolset)|cgr\.dev\/chainguard\/(go|rust|jdk|maven|gradle|dotnet-sdk))$/.test(
    name,
  );
}

/** JDKs of vendors that have an image with the JRE for each of them (their pages on Docker Hub, 2026-11). */
export function isJdkBesideJre(name: string, tag: string): boolean {
  if (/jre|crac|distroless/.test(tag)) return false;
  if (/^(azul\/zulu-openjdk(-alpine|-debian)?|sapmachine)$/.test(name)) return true;
  if (/^bellsoft\/liberica-openjdk-(alpine|debian)$/.test(name)) return true;
  return name === "ibm-semeru-runtimes" && /jdk/.test(tag);
}

/** The same vendor's image that only runs; undefined where there is none for this tag. */
export function runtimeImage(name: string, tag: string): string | undefined {
  if (
    name === "eclipse-temurin" &&
    /^\d+(\.[\d._]+)?(-jdk)?(-(alpine|jammy|noble|ubi\d-minimal))?$/.test(tag)
  )
    return `${name}:${tag.replace(/^([\d._]+)(-jdk)?/, "$1-jre")}`;
  if (name === "mcr.microsoft.com/dotnet/sdk" && /^\d+\.\d+(-(alpine|noble|jammy|bookworm-slim))?$/.test(tag))
    return `mcr.microsoft.com/dotnet/aspnet:${tag}`;
  if (/^(azul\/zulu-openjdk(-alpine|-debian)?|sapmachine)$/.test(name) && /^\d[\d.]*$/.test(tag))
    return `${name}:${tag}-jre`;
  if (name === "ibm-semeru-runtimes") return `${name}:${tag.replace("jdk", "jre")}`;
  if (name.startsWith("bellsoft/liberica-openjdk-") && /^\d[\d.]*$/.test(tag))
    return `${name.replace("openjdk", "openjre")}:${tag}`;
  // Each devel tag of NVIDIA's has a runtime tag of the same system (gitlab.com/nvidia/container-images/cuda, read 2026-11).
  return name === "nvidia/cuda" && /^\d[\d.]*-(cudnn\d*-)?devel-\w/.test(tag)
    ? `${name}:${tag.replace("-devel-", "-runtime-")}`
    : undefined;
}

/** The package with the JRE of a package with the JDK: of Debian and Ubuntu, Alpine, and Fedora and RHEL. */
export function runtimePackage(name: string): string | undefined {
  const debian = /^(openjdk-\d+|default)-jdk(-headless)?$/.exec(name);
  if (debian) return `${debian[1]}-jre${debian[2] ?? ""}`;
  const alpine = /^(openjdk\d+)(-jdk)?$/.exec(name);
  if (alpine) return `${alpine[1]}-jre`;
  const fedora = /^(java-[\w.]+-openjdk)-devel$/.exec(name);
  return fedora ? fedora[1] : undefined;
}
