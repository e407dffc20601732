import { describe, expect, test } from "vitest";
import type { ImageFacts } from "../../../../server/src/model/image/facts.ts";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";

const find = (name: string, tag?: string, digest?: string) => shippedImages.find({ name, tag, digest });

describe("a tag of the table", () => {
  test("is what its row says, with source and date", () => {
    expect(find("alpine", "3.24")).toMatchObject({
      os: { family: "alpine", version: "3.24" },
      libc: "musl",
      shell: "/bin/sh",
      packageManager: "apk",
      certificates: true,
      timeZones: false,
      defaultUser: "root",
      role: "base",
      compressedSize: 3849738,
      date: "2026-09-17",
      source: expect.stringContaining("docker-alpine"),
    });
  });

  test("programs: there, missing, not known", () => {
    const tools = find("alpine", "3.24")?.tools ?? {};
    const there = ["wget", "curl", "useradd", "lua"].map((it) => tools[it]);
    expect(there).toEqual([true, false, false, undefined]);
  });

  test.each([
    ["postgres", "18", "postgres", 999],
    ["node", "24-alpine", "node", 1000],
    ["gcr.io/distroless/static-debian12", "nonroot", "nonroot", 65532],
    ["debian", "trixie", "www-data", 33],
  ])("%s:%s has the user %s", (name, tag, user, uid) => {
    expect(find(name, tag)?.users?.[user]).toBe(uid);
  });
});

describe("a tag that the table does not have: what all of its family share", () => {
  test.each<[string, string | undefined, Partial<ImageFacts>]>([
    ["golang", "1.22-alpine3.19", { libc: "musl", packageManager: "apk", role: "toolchain" }],
    ["golang", "1.22", { libc: "glibc", packageManager: "apt", role: "toolchain" }],
    ["golang", undefined, { libc: "glibc", role: "toolchain" }],
    ["golang", "1.22-nanoserver", { libc: undefined, role: undefined, shell: undefined }],
    ["golang", "1.8-onbuild", { libc: undefined, role: undefined }],
    ["alpine", "3.18.4", { libc: "musl", certificates: true }],
    ["node", "20-slim", { libc: "glibc", certificates: false, role: "runtime" }],
    ["busybox", "1.37", { certificates: false, timeZones: false }],
    ["rust", "1.70-bookworm", { libc: "glibc", role: "toolchain" }],
    ["maven", "3.9-eclipse-temurin-17", { role: "toolchain" }],
    ["eclipse-temurin", "17-jre", { role: "runtime" }],
    ["eclipse-temurin", "17-jdk", { role: "toolchain" }],
    ["mcr.microsoft.com/dotnet/sdk", "8.0", { role: "toolchain" }],
    ["gcr.io/distroless/static", "nonroot", { libc: "none", shell: "none", defaultUser: "65532" }],
    ["gcr.io/distroless/base-debian11", undefined, { libc: "glibc", shell: "none", defaultUser: "0" }],
    ["gcr.io/distroless/cc-debian12", "debug", { shell: "/busybox/sh" }],
    [
      "nginx",
      "1.27",
      { libc: "glibc", packageManager: "apt", defaultUser: "root", exposedPorts: ["80/tcp"] },
    ],
    ["nginx", "1.27.3-alpine3.20", { libc: "musl", packageManager: "apk", defaultUser: "root" }],
    ["nginx", "1.25-alpine-slim", { libc: "musl", entrypoint: ["/docker-entrypoint.sh"], role: "runtime" }],
    ["nginx", "stable", { libc: "glibc", users: expect.objectContaining({ nginx: 101 }) }],
    ["nginx", "mainline-alpine-perl", { libc: "musl", defaultUser: "root" }],
    ["nginx", "1.14", { defaultUser: "root", users: undefined, entrypoint: undefined }],
    ["nginx", "1.17-alpine", { defaultUser: "root", libc: "musl", users: undefined }],
  ])("%s:%s", (name, tag, expected) => {
    expect(find(name, tag)).toMatchObject(expected);
  });

  test.each<[string, string | undefined, Partial<ImageFacts>]>([
    ["openjdk", "17", { os: { family: "rhel", version: undefined }, role: "toolchain" }],
    ["openjdk", "11-jre-slim", { packageManager: "apt", role: "runtime" }],
    ["openjdk", "8", { packageManager: "apt", role: "toolchain" }],
    ["openjdk", "8-jdk-alpine", { packageManager: "apk", libc: "musl" }],
    ["amazoncorretto", "21", { os: { family: "rhel", version: undefined }, packageManager: undefined }],
    ["amazoncorretto", "21-alpine3.20", { packageManager: "apk" }],
    ["maven", "3.9.9-eclipse-temurin-21", { packageManager: "apt", role: "toolchain" }],
    ["maven", "3.9-eclipse-temurin-21-alpine", { packageManager: "apk", role: "toolchain" }],
    ["maven", "3-amazoncorretto-17", { packageManager: undefined, role: undefined }],
    ["gradle", "8.10-jdk21", { packageManager: "apt" }],
    ["gradle", "8-jdk21-ubi", { packageManager: undefined }],
    ["fedora", "41", { os: { family: "rhel", version: undefined }, packageManager: undefined }],
    ["registry.access.redhat.com/ubi9/ubi-minimal", "9.5", { packageManager: "microdnf" }],
    ["centos", "7", { packageManager: "yum" }],
    ["oven/bun", "1.2", { packageManager: "apt", role: "runtime" }],
    ["oven/bun", "1-alpine", { packageManager: "apk", workdir: "/home/bun/app" }],
    ["nvidia/cuda", "12.4.1-devel-ubuntu22.04", { packageManager: "apt", defaultUser: "root" }],
    ["nvidia/cuda", "12.4.1-runtime-ubi9", { os: { family: "rhel", version: undefined } }],
    ["memcached", "1.6.38", { packageManager: "apt", defaultUser: "memcache" }],
    ["jenkins/jenkins", "lts-jdk21", { packageManager: "apt", defaultUser: "jenkins" }],
    ["ghcr.io/astral-sh/uv", "0.5", { shell: "none" }],
    ["ghcr.io/astral-sh/uv", "python3.13-alpine", { packageManager: "apk" }],
    ["mcr.microsoft.com/dotnet/aspnet", "9.0-alpine", { packageManager: "apk", workdir: "/" }],
    ["mcr.microsoft.com/dotnet/aspnet", "9.0-noble-chiseled", { shell: "none", defaultUser: "1654" }],
    ["public.ecr.aws/docker/library/node", "22-alpine", { packageManager: "apk", role: "runtime" }],
    ["mirror.gcr.io/library/python", "3.12-slim", { packageManager: "apt" }],
    ["arm32v7/node", "22-alpine", { packageManager: "apk", role: "runtime" }],
    ["amd64/debian", "bookworm-slim", { packageManager: "apt" }],
  ])("%s:%s, by the system that it stands on", (name, tag, expected) => {
    expect(find(name, tag)).toMatchObject(expected);
  });

  test("nothing is guessed of an image that is not known, or of a digest alone", () => {
    expect(find("example/app", "1")).toBeUndefined();
    expect(find("alpine", undefined, `sha256:${"a".repeat(64)}`)).toBeUndefined();
  });
});

describe("programs that health checks of servers ask for", () => {
  test.each<[string, string, string, string]>([
    ["redis", "7-alpine", "wget nc redis-cli", "curl bash"],
    ["redis", "6", "bash redis-cli", "curl wget nc ps"],
    ["valkey/valkey", "9", "valkey-cli", "curl wget nc"],
    ["postgres", "14", "pg_isready bash", "curl wget nc"],
    ["postgres", "16-alpine", "pg_isready bash wget", "curl"],
    ["rabbitmq", "3.13-management", "rabbitmq-diagnostics", "curl wget"],
    ["memcached", "1.6.38", "bash", "curl wget nc"],
    ["mongo", "7", "mongosh", "curl wget mongo"],
    ["mariadb", "10.11", "", "curl wget"],
    ["haproxy", "2.9", "bash", "curl wget nc"],
    ["httpd", "2", "bash", "curl wget"],
    ["nats", "2.10", "", "sh wget curl"],
    ["prom/prometheus", "v3.1.0", "sh wget", "curl bash"],
    ["python", "3.12", "curl", "nc"],
  ])("%s:%s has %s and not %s", (name, tag, there, missing) => {
    const tools = find(name, tag)?.tools ?? {};
    const expected = [...split(there).map((it) => [it, true]), ...split(missing).map((it) => [it, false])];
    expect(expected.map(([it]) => [it, tools[String(it)]])).toEqual(expected);
  });

  test("nothing is said of images on other systems", () => {
    const tools = [find("nats", "2.10-alpine"), find("memcached", "1-windows")].map(
      (it) => it?.tools?.["curl"],
    );
    expect(tools).toEqual([undefined, undefined]);
    expect(find("prom/prometheus", "v3.6.0-distroless")?.tools?.["wget"]).toBeUndefined();
  });

  const split = (names: string) => names.split(" ").filter((it) => it !== "");
});

test("curl is missing from nginx's slim images only", () => {
  const tools = ["1.25-alpine-slim", "1.25-alpine", "1.25"].map((tag) => find("nginx", tag)?.tools ?? {});
  expect(tools.map(({ curl }) => curl)).toEqual([false, undefined, undefined]);
});

test("the user `ubuntu` is in Ubuntu's images since 23.04", () => {
  for (const tag of ["24.04", "noble-20250925", "25.10", "26.04", "latest", "rolling"])
    expect(find("ubuntu", tag)?.users, tag).toMatchObject({ ubuntu: 1000 });
  for (const tag of ["18.04", "20.04", "22.04", "jammy", "jammy-20240111", "focal"]) {
    expect(find("ubuntu", tag)?.users, tag).toMatchObject({ root: 0, "www-data": 33 });
    expect(find("ubuntu", tag)?.users, tag).not.toHaveProperty("ubuntu");
  }
  for (const tag of ["16.04", "23.10", "mantic", "xenial"]) {
    expect(find("ubuntu", tag)?.users, tag).toBeUndefined();
    expect(find("ubuntu", tag), tag).toMatchObject({ defaultUser: "root", packageManager: "apt" });
  }
});

test("names and tags, newest first", () => {
  expect(shippedImages.names()).toContain("scratch");
  expect(shippedImages.tags("docker.io/library/golang").slice(0, 2)).toEqual(["1.27-alpine", "1.27"]);
  const versions = shippedImages.tags("golang").map((it) => /^\d+\.\d+/.exec(it)?.[0]);
  expect(versions).toEqual([...versions].sort().reverse());
  expect(shippedImages.tags("no-such")).toEqual([]);
});

test("every row has the types that it is declared with", () => {
  const families = new Set(["alpine", "debian", "rhel", "suse", "arch", "wolfi", "busybox", "none", "other"]);
  for (const name of shippedImages.names()) {
    for (const tag of shippedImages.tags(name)) {
      const facts = find(name, tag);
      const where = `${name}:${tag}`;
      expect(facts && families.has(facts.os?.family ?? ""), where).toBe(true);
      expect(["glibc", "musl", "none", undefined], where).toContain(facts?.libc);
      expect(["toolchain", "runtime", "database", "base", undefined], where).toContain(facts?.role);
      expect(facts?.shell === undefined || /^(none|\/\S+)$/.test(facts.shell), where).toBe(true);
      for (const port of facts?.exposedPorts ?? []) expect(port, where).toMatch(/^\d+\/(tcp|udp)$/);
      for (const uid of Object.values(facts?.users ?? {})) expect(Number.isInteger(uid), where).toBe(true);
      expect(facts?.source, where).not.toBe("");
      expect(facts?.date, where).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  }
});

test("compilers' images are toolchains, and no other is", () => {
  const toolchains = shippedImages
    .names()
    .filter((name) => shippedImages.tags(name).some((tag) => find(name, tag)?.role === "toolchain"));
  expect(toolchains).toMatchInlineSnapshot(`
    [
      "buildpack-deps",
      "golang",
      "eclipse-temurin",
      "maven",
      "gradle",
      "openjdk",
      "rust",
      "mcr.microsoft.com/dotnet/sdk",
      "cgr.dev/chainguard/apko",
      "cgr.dev/chainguard/gcc-glibc",
      "cgr.dev/chainguard/go",
      "cgr.dev/chainguard/gradle",
      "cgr.dev/chainguard/hugo",
      "cgr.dev/chainguard/jdk",
      "cgr.dev/chainguard/ko",
      "cgr.dev/chainguard/maven",
      "cgr.dev/chainguard/melange",
      "cgr.dev/chainguard/rust",
    ]
  `);
});

describe("what changed between releases is not said of all", () => {
  test.each([
    // LANG left with 3.13.
    ["python", "3.12-slim", "LANG"],
    ["python", "3.14-slim", "LANG"],
  ])("%s:%s, %s", (name, tag, variable) => {
    expect(find(name, tag)?.environment?.[variable]).toBeNull();
  });

  test("procps was in Ruby's slim images until 2024", () => {
    expect(find("ruby", "3.3-slim")?.tools["ps"]).toBeUndefined();
    expect(find("ruby", "3.3-slim")?.tools["curl"]).toBe(false);
  });

  test("Airflow runs by number", () => {
    expect(find("apache/airflow", "3.1.0")?.defaultUser).toBe("50000");
  });

  test.each([
    ["2.7-alpine", "8086/tcp"],
    ["1.8", "8086/tcp"],
    ["3-core", "8181/tcp"],
    ["latest", undefined],
  ])("InfluxDB %s listens on %s", (tag, port) => {
    expect(find("influxdb", tag)?.exposedPorts?.[0]).toBe(port);
  });
});
