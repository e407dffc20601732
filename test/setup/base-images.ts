import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  createReadStream,
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { openSuite, type Suite } from "./debian.ts";
import { Expected } from "./ending.ts";
import { tools } from "./places.ts";
import { output } from "./programs.ts";
import { telling } from "./say.ts";
import { inTurn } from "./turns.ts";

/**
 * Images to build on where no registry can be reached, made of Debian packages. Go, the shell tools, the certificates and gcc
 * are real; Alpine's and Debian's package managers are not of use in them. The tags are what examples and tests name, and
 * several mean the same image.
 */
const names = {
  alpine: ["alpine:3.20", "alpine:3.22", "alpine:3.24", "alpine:latest"],
  golangAlpine: ["golang:1.23-alpine", "golang:1.27-alpine", "golang:alpine"],
  debian: ["debian:trixie-slim"],
  golang: ["golang:1.23", "golang:1.27", "golang:latest"],
  distroless: ["gcr.io/distroless/static-debian12:latest", "gcr.io/distroless/static-debian13:latest"],
  distrolessNonroot: [
    "gcr.io/distroless/static-debian12:nonroot",
    "gcr.io/distroless/static-debian13:nonroot",
  ],
};

const folder = path.join(tools, "bases");

/** What `docker load` takes. */
export const baseImages = path.join(folder, "bases.tar");

/** Suites with the newest Go first. */
const suites = ["forky", "trixie", "bookworm-backports"];

const debianPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Makes the archive of the base images in `.tools/bases`, once. It is made again when this file says something else. */
export function makeBases(): Promise<void> {
  return inTurn("bases", make);
}

async function make(): Promise<void> {
  const stamp = fingerprint();
  const stampFile = path.join(folder, "made-from");
  if (existsSync(baseImages) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  await telling("Making base images of Debian packages in .tools", async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const work = mkdtempSync(path.join(folder, "work-"));
    try {
      await writeArchive(await images(work), work);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
    writeFileSync(stampFile, stamp);
  });
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of [
    import.meta.filename,
    ...globSync("alpine/*", { cwd: import.meta.dirname })
      .sort()
      .map((it) => path.join(import.meta.dirname, it)),
  ])
    hash.update(readFileSync(file));
  return hash.digest("hex");
}

/** An image as an archive describes it: layers from the base up, and the configuration. */
interface Image {
  readonly tags: readonly string[];
  readonly layers: readonly Layer[];
  readonly config: ImageConfig;
}

interface Layer {
  /** The gzipped tar of the layer. */
  readonly file: string;
  /** Digest of the tar, unpacked: the layer's identity. */
  readonly diffId: string;
  /** The instruction that is said to have made it. */
  readonly createdBy: string;
}

/** Field names are the image specification's. */
interface ImageConfig {
  readonly Env: readonly string[];
  readonly Cmd?: readonly string[];
  readonly User?: string;
  readonly WorkingDir?: string;
}

async function images(work: string): Promise<readonly Image[]> {
  const { suite, go } = await suiteWithGo(work);
  const packages = path.join(work, "packages");
  await suite.unpack(
    ["busybox-static", "ca-certificates", "tzdata", `golang-${go}-go`, `golang-${go}-src`],
    packages,
  );
  const userland = path.join(work, "userland");
  await suite.unpackWithDependencies(debianUserland, userland);

  const certificates = globSync("usr/share/ca-certificates/mozilla/*.crt", { cwd: packages }).sort();
  const bundle = certificates.map((it) => readFileSync(path.join(packages, it), "utf8")).join("");
  const [alpine, debian, toolchain, distroless] = [
    await layer(
      work,
      alpineTree(path.join(work, "alpine"), packages, bundle),
      "ADD alpine-minirootfs.tar.gz / # buildkit",
    ),
    await layer(work, await debianTree(userland, bundle), "ADD rootfs.tar.gz / # buildkit"),
    await layer(work, goTree(path.join(work, "go"), packages, go), "COPY /target/ / # buildkit"),
    await layer(work, distrolessTree(path.join(work, "distroless"), packages, bundle), "bazel build ..."),
  ];
  const version =
    /go([\d.]+)/.exec(readFileSync(path.join(work, "go/usr/local/go/VERSION"), "utf8"))?.[1] ?? go;
  const goEnv = [
    `PATH=/go/bin:/usr/local/go/bin:${debianPath}`,
    `GOLANG_VERSION=${version}`,
    "GOTOOLCHAIN=local",
    "GOPATH=/go",
  ];
  const staticEnv = [`PATH=${debianPath}`, "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"];
  const withVersion = (tags: readonly string[], suffix: string) => [
    ...new Set([...tags, `golang:${version}${suffix}`, `golang:${go}${suffix}`]),
  ];
  return [
    { tags: names.alpine, layers: [alpine], config: { Env: [`PATH=${debianPath}`], Cmd: ["/bin/sh"] } },
    {
      tags: withVersion(names.golangAlpine, "-alpine"),
      layers: [alpine, toolchain],
      config: { Env: goEnv, Cmd: ["/bin/sh"], WorkingDir: "/go" },
    },
    { tags: names.debian, layers: [debian], config: { Env: [`PATH=${debianPath}`], Cmd: ["bash"] } },
    {
      tags: withVersion(names.golang, ""),
      layers: [debian, toolchain],
      config: { Env: goEnv, Cmd: ["bash"], WorkingDir: "/go" },
    },
    { tags: names.distroless, layers: [distroless], config: { Env: staticEnv, User: "0", WorkingDir: "/" } },
    {
      tags: names.distrolessNonroot,
      layers: [distroless],
      config: { Env: staticEnv, User: "65532", WorkingDir: "/home/nonroot" },
    },
  ];
}

/** What Debian's `golang` image stands on, as far as builds touch it. */
const debianUserland = [
  ...[
    "base-files",
    "base-passwd",
    "bash",
    "coreutils",
    "dash",
    "findutils",
    "grep",
    "gzip",
    "libc-bin",
    "mawk",
    "passwd",
  ],
  ...["sed", "tar", "gcc", "libc6-dev", "make", "curl", "wget"],
];

async function suiteWithGo(work: string): Promise<{ suite: Suite; go: string }> {
  const failures: string[] = [];
  for (const name of suites) {
    try {
      const suite = await openSuite(name, work);
      const found = await suite.search("^golang-1\\.\\d+-go$");
      const minor = Math.max(...found.map((it) => Number(it.split(/[.-]/)[2])));
      if (minor > 0) return { suite, go: `1.${minor}` };
      failures.push(`${name}: no golang-1.*-go`);
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Expected(`Debian's archive gave no Go:\n${failures.join("\n")}`);
}

/** A root file system of busybox with the files that say Alpine. */
function alpineTree(tree: string, packages: string, certificates: string): string {
  directories(tree, [
    "bin",
    "dev",
    "etc/apk",
    "etc/ssl/certs",
    "home",
    "lib",
    "media",
    "mnt",
    "opt",
    "proc",
    "root",
    "run",
    "sbin",
  ]);
  directories(tree, [
    "srv",
    "sys",
    "tmp",
    "usr/bin",
    "usr/lib",
    "usr/local/bin",
    "usr/sbin",
    "var/cache/apk",
    "var/log",
    "var/tmp",
  ]);
  const from = ["usr/bin/busybox", "bin/busybox"].map((it) => path.join(packages, it)).find(existsSync);
  if (!from) throw new Expected("Debian's package busybox-static has no busybox.");
  cpSync(from, path.join(tree, "bin/busybox"));
  for (const applet of busyboxApplets(from)) symlinkSync("/bin/busybox", path.join(tree, "bin", applet));
  for (const script of ["adduser", "addgroup", "apk"]) {
    const to = path.join(tree, script === "apk" ? "sbin" : "bin", script);
    rmSync(to, { force: true });
    cpSync(path.join(import.meta.dirname, "alpine", script), to);
    chmodSync(to, 0o755);
  }
  users(tree, "/bin/sh", "65533");
  // Debian's busybox is static and needs none; Alpine's loader says which C library the image has.
  file(tree, "lib/ld-musl-x86_64.so.1", "");
  file(
    tree,
    "etc/os-release",
    'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.24.0\nPRETTY_NAME="Alpine Linux v3.24 (a stand-in)"\n',
  );
  file(tree, "etc/alpine-release", "3.24.0\n");
  file(tree, "etc/nsswitch.conf", "hosts: files dns\n");
  file(tree, "etc/apk/world", "alpine-baselayout\nbusybox\n");
  file(tree, "etc/ssl/cert.pem", certificates);
  symlinkSync("/etc/ssl/cert.pem", path.join(tree, "etc/ssl/certs/ca-certificates.crt"));
  return tree;
}

/** Debian's packages, with what their scripts would have set up as far as builds need it. */
async function debianTree(tree: string, certificates: string): Promise<string> {
  for (const waste of ["usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/info"])
    rmSync(path.join(tree, waste), { recursive: true, force: true });
  for (const tool of globSync("usr/lib/gcc/*/*/lib{asan,tsan,lsan,ubsan,hwasan}*", { cwd: tree }))
    rmSync(path.join(tree, tool));
  // Alternatives and diversions are made by scripts, which did not run.
  for (const [name, target] of [
    ["usr/bin/awk", "mawk"],
    ["usr/bin/cc", "gcc"],
    ["usr/bin/sh", "dash"],
  ] as const)
    if (!present(path.join(tree, name))) symlinkSync(target, path.join(tree, name));
  for (const name of ["passwd", "group"]) {
    const master = path.join(tree, `usr/share/base-passwd/${name}.master`);
    // The masters lock every password with a star; an x says that it would be in /etc/shadow, as it is everywhere else.
    if (existsSync(master)) file(tree, `etc/${name}`, readFileSync(master, "utf8").replaceAll(":*:", ":x:"));
  }
  file(tree, "etc/ssl/certs/ca-certificates.crt", certificates);
  return tree;
}

/** Go where its own images have it. Debian keeps the sources apart, and links to them. */
function goTree(tree: string, packages: string, go: string): string {
  const target = path.join(tree, "usr/local/go");
  directories(tree, ["go/bin", "go/src", "usr/local/go/pkg"]);
  for (const name of ["go", "go/bin", "go/src"]) chmodSync(path.join(tree, name), 0o1777);
  const library = path.join(packages, `usr/lib/go-${go}`);
  const shared = path.join(packages, `usr/share/go-${go}`);
  for (const [from, to] of [
    [path.join(library, "bin"), "bin"],
    [path.join(library, "VERSION"), "VERSION"],
    [path.join(library, "go.env"), "go.env"],
    [path.join(library, "pkg/tool"), "pkg/tool"],
    [path.join(shared, "pkg/include"), "pkg/include"],
    [path.join(shared, "src"), "src"],
  ] as const)
    cpSync(from, path.join(target, to), { recursive: true, dereference: true });
  return tree;
}

function distrolessTree(tree: string, packages: string, certificates: string): string {
  directories(tree, [
    "bin",
    "boot",
    "dev",
    "etc/ssl/certs",
    "home/nonroot",
    "lib",
    "proc",
    "root",
    "run",
    "sbin",
    "sys",
    "tmp",
  ]);
  directories(tree, ["usr/share", "var/tmp"]);
  for (const name of ["home/nonroot", "root"]) chmodSync(path.join(tree, name), 0o700);
  chownSync(path.join(tree, "home/nonroot"), 65532, 65532);
  users(tree, "/sbin/nologin", undefined);
  file(
    tree,
    "etc/os-release",
    'PRETTY_NAME="Distroless"\nNAME="Debian GNU/Linux"\nID="debian"\nVERSION_ID="12"\n',
  );
  file(tree, "etc/nsswitch.conf", "hosts: files dns\n");
  file(tree, "etc/ssl/certs/ca-certificates.crt", certificates);
  cpSync(path.join(packages, "usr/share/zoneinfo"), path.join(tree, "usr/share/zoneinfo"), {
    recursive: true,
    verbatimSymlinks: true,
  });
  return tree;
}

/** Distroless has a user called nonroot; Alpine has a group for those without one. */
function users(tree: string, shell: string, nogroup: string | undefined): void {
  const nonroot = nogroup ? "" : "nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n";
  file(
    tree,
    "etc/passwd",
    `root:x:0:0:root:/root:${shell}\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n${nonroot}`,
  );
  file(
    tree,
    "etc/group",
    `root:x:0:${nogroup ? "root" : ""}\nnobody:x:65534:\n${nogroup ? `nogroup:x:${nogroup}:\n` : "nonroot:x:65532:\n"}`,
  );
}

function busyboxApplets(busybox: string): readonly string[] {
  // Alpine has none of Debian's tools.
  const foreign = new Set(["busybox", "dpkg", "dpkg-deb", "rpm", "rpm2cpio", "ar"]);
  const list = execFileSync(busybox, ["--list"], { encoding: "utf8" });
  return list.split("\n").filter((it) => it && !foreign.has(it));
}

function directories(tree: string, folders: readonly string[]): void {
  for (const it of folders) mkdirSync(path.join(tree, it), { recursive: true });
  for (const it of folders.filter((name) => /(^|\/)tmp$/.test(name))) chmodSync(path.join(tree, it), 0o1777);
}

function file(tree: string, name: string, content: string): void {
  mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
  rmSync(path.join(tree, name), { force: true });
  writeFileSync(path.join(tree, name), content);
}

/** True for a link whose target is elsewhere as well. */
function present(name: string): boolean {
  return lstatSync(name, { throwIfNoEntry: false }) !== undefined;
}

/** Packs a tree as a layer. The tree is gone afterwards: the disk of a small machine holds it once. */
async function layer(work: string, tree: string, createdBy: string): Promise<Layer> {
  const tar = `${tree}.tar`;
  const times = ["--sort=name", "--mtime=@0", "--numeric-owner"];
  await output("tar", [
    ...times,
    "--format=posix",
    "--pax-option=delete=atime,delete=ctime",
    "-C",
    tree,
    "-cf",
    tar,
    ".",
  ]);
  const diffId = await sha256(tar);
  // Registries hold layers compressed, and an engine with the containerd store tells that size.
  await output("gzip", ["-5", "--no-name", tar]);
  return { file: path.relative(work, `${tar}.gz`), diffId, createdBy };
}

/** Writes the archive that `docker load` takes: a list of images, their configurations and layers. */
async function writeArchive(list: readonly Image[], work: string): Promise<void> {
  const manifest = list.map((image) => {
    const config = JSON.stringify(configuration(image));
    const name = `${createHash("sha256").update(config).digest("hex")}.json`;
    writeFileSync(path.join(work, name), config);
    return { Config: name, RepoTags: image.tags, Layers: image.layers.map((it) => it.file) };
  });
  writeFileSync(path.join(work, "manifest.json"), JSON.stringify(manifest));
  const files = new Set(["manifest.json", ...manifest.flatMap((it) => [it.Config, ...it.Layers])]);
  await output("tar", ["-C", work, "-cf", `${baseImages}.partial`, ...files]);
  renameSync(`${baseImages}.partial`, baseImages);
}

/** The image configuration of the OCI image specification. */
function configuration({ layers, config }: Image): object {
  const created = "2026-01-01T00:00:00Z";
  const settings = [
    ...config.Env.map((it) => `ENV ${it}`),
    ...(config.User ? [`USER ${config.User}`] : []),
    ...(config.WorkingDir ? [`WORKDIR ${config.WorkingDir}`] : []),
    ...(config.Cmd ? [`CMD ${JSON.stringify(config.Cmd)}`] : []),
  ];
  return {
    architecture: { x64: "amd64", arm64: "arm64" }[process.arch as string] ?? process.arch,
    os: "linux",
    created,
    config,
    rootfs: { type: "layers", diff_ids: layers.map((it) => `sha256:${it.diffId}`) },
    history: [
      ...layers.map((it) => ({ created, created_by: it.createdBy, comment: "buildkit.dockerfile.v0" })),
      ...settings.map((it) => ({
        created,
        created_by: it,
        comment: "buildkit.dockerfile.v0",
        empty_layer: true,
      })),
    ],
  };
}

async function sha256(name: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(name)) hash.update(chunk);
  return hash.digest("hex");
}
