/**
 * Variables that the builder knows without a declaration, in our own words (Dockerfile reference,
 * "Predefined ARGs" and "Automatic platform ARGs", read 2026-11).
 */
export interface BuildVariable {
  readonly name: string;
  readonly summary: string;
  /** `declare`: usable in FROM, and inside a stage only after `ARG NAME`. `always`: usable everywhere, never in the history. */
  readonly use: "declare" | "always";
}

export const buildVariables: readonly BuildVariable[] = [
  { name: "TARGETPLATFORM", summary: "Platform that is built for, e.g. `linux/arm64`.", use: "declare" },
  {
    name: "TARGETOS",
    summary: "Operating system that is built for, e.g. `linux`: what `GOOS` wants.",
    use: "declare",
  },
  {
    name: "TARGETARCH",
    summary: "Architecture that is built for, e.g. `arm64`: what `GOARCH` wants.",
    use: "declare",
  },
  {
    name: "TARGETVARIANT",
    summary: "Variant of the architecture, e.g. `v7`; empty for most.",
    use: "declare",
  },
  {
    name: "BUILDPLATFORM",
    summary: "Platform of the machine that builds, e.g. `linux/amd64`.",
    use: "declare",
  },
  { name: "BUILDOS", summary: "Operating system of the machine that builds.", use: "declare" },
  { name: "BUILDARCH", summary: "Architecture of the machine that builds.", use: "declare" },
  { name: "BUILDVARIANT", summary: "Architecture variant of the machine that builds.", use: "declare" },
  { name: "TARGETSTAGE", summary: "Name of the stage that is being built.", use: "declare" },
  {
    name: "SOURCE_DATE_EPOCH",
    summary: "Time, in seconds since 1970, that reproducible builds use for what they write.",
    use: "declare",
  },
  { name: "HTTP_PROXY", summary: "Proxy for HTTP, handed in with `--build-arg`.", use: "always" },
  { name: "HTTPS_PROXY", summary: "Proxy for HTTPS, handed in with `--build-arg`.", use: "always" },
  { name: "FTP_PROXY", summary: "Proxy for FTP, handed in with `--build-arg`.", use: "always" },
  { name: "ALL_PROXY", summary: "Proxy for everything else, handed in with `--build-arg`.", use: "always" },
  { name: "NO_PROXY", summary: "Hosts that are reached without a proxy.", use: "always" },
];
