import {
  ALPINE,
  DEBIAN,
  environment,
  missing,
  NO_PROJECTS,
  RHEL,
  type SharedFacts,
  temurinFiles,
  there,
  topLevel,
} from "../operating-systems.ts";
import { ALPINE_TAG, ANY, type ImageFamily } from "./family.ts";

/**
 * Images of which the name or the tag says on which system they stand, and little more is shared. Their packages and scripts
 * make users of their own, so none is known to be missing. The tags of openjdk, maven, gradle, Corretto and swift were read in
 * docker-library/official-images, 2026-11. Read in the projects' Dockerfiles on 2026-11-27: Temurin, gradle, bun, deno, uv,
 * composer, dart, cargo-chef, Airflow, Jupyter, Jenkins and its agents, docker, nginx-unprivileged. Of the others the source says
 * what holds them, and nobody read it since they were written down. `npm run facts` reads an image itself.
 */

/** Codenames of Debian's and Ubuntu's releases, as tags carry them. */
const APT_TAG =
  /(?:^|[-.])(?:debian|ubuntu|stretch|buster|bullseye|bookworm|trixie|bionic|focal|jammy|noble|resolute)(?:[-.\d]|$)/;
const RPM_TAG = /(?:^|-)(?:ubi|rockylinux|centos|oraclelinux|oracle|fedora|almalinux|amazonlinux|al20)/;

const OTHER_MANAGERS = "apk apt apt-get dnf yum microdnf zypper pacman";
const onAlpine = (more: SharedFacts = {}) => on(ALPINE, more);
/** Its entrypoint hands what is no program to bun. */
const BUN: SharedFacts = {
  entrypoint: ["/usr/local/bin/docker-entrypoint.sh"],
  cmd: ["/usr/local/bin/bun"],
  absent: NO_PROJECTS,
  workdir: "/home/bun/app",
  volumes: [],
};
/** uv beside what Debian's, Alpine's and Python's images have, whose variables are those of Python (astral-sh/uv, as generally known, 2026-11). */
const UV: SharedFacts = {
  ...environment({
    ...{ UV_TOOL_BIN_DIR: null, LANG: null, GPG_KEY: null, PYTHON_VERSION: null, PYTHON_SHA256: null },
    ...{ PYTHON_PIP_VERSION: null, PYTHON_SETUPTOOLS_VERSION: null },
    ...{ PYTHON_GET_PIP_URL: null, PYTHON_GET_PIP_SHA256: null },
  }),
  absent: NO_PROJECTS,
  directories: topLevel(),
  tools: { uv: true },
};

/** The same for deno, behind tini; its working directory is `/`. */
const DENO: SharedFacts = {
  entrypoint: ["/tini", "--", "docker-entrypoint.sh"],
  volumes: [],
  absent: NO_PROJECTS,
};

const onDebian = (more: SharedFacts = {}) => on(DEBIAN, more);
const onRpm = (more: SharedFacts = {}) => on(RHEL, more);

function on(system: SharedFacts, more: SharedFacts): SharedFacts {
  return {
    ...system,
    users: undefined,
    defaultUser: "root",
    ...more,
    tools: { ...system.tools, ...more.tools },
  };
}

const TOOLCHAIN: SharedFacts = { role: "toolchain" };
const RUNTIME: SharedFacts = { role: "runtime" };
const JDK: SharedFacts = { ...TOOLCHAIN, tools: there("java javac") };
const JRE: SharedFacts = { ...RUNTIME, tools: there("java") };

/** A distribution itself: nobody but its packages has made a user. */
const BASE: SharedFacts = { role: "base", users: RHEL.users };
/** What starts there is the shell (Docker Hub and gitlab.archlinux.org, as generally known). */
const BASH: SharedFacts = { entrypoint: null, cmd: ["/bin/bash"] };

/** Distributions that are no Debian and no Alpine. */
const DISTRIBUTIONS: readonly ImageFamily[] = [
  {
    // Without shell tools beyond coreutils and without a package manager.
    image: /^(?:registry\.access\.redhat\.com\/ubi\d+(?:\/ubi)?-micro|redhat\/ubi\d+-micro)$/,
    tag: ANY,
    facts: { shell: "/bin/sh", tools: missing(`${OTHER_MANAGERS} curl wget`), defaultUser: "root" },
    source: "Red Hat's catalog, ubi-micro of 8 and 9",
  },
  {
    image: /^(?:registry\.access\.redhat\.com\/ubi[89]\/ubi-minimal|redhat\/ubi[89]-minimal)$/,
    tag: ANY,
    facts: onRpm({
      ...BASE,
      packageManager: "microdnf",
      tools: { microdnf: true, ...missing("dnf yum wget git gcc make zypper pacman") },
    }),
    source: "Red Hat's catalog, ubi-minimal of 8 and 9",
  },
  {
    image: /^(?:rockylinux|rockylinux\/rockylinux|almalinux|oraclelinux)$/,
    tag: /^[89](?:\.\d+)?(?:-\d+)?-(?:minimal|slim)/,
    facts: onRpm({
      ...BASE,
      packageManager: "microdnf",
      tools: { microdnf: true, ...missing("dnf yum wget git gcc make zypper pacman") },
    }),
    source: "Docker Hub, minimal and slim images of Rocky Linux, AlmaLinux and Oracle Linux 8 and 9",
  },
  {
    image: /^(?:amazonlinux|public\.ecr\.aws\/amazonlinux\/amazonlinux)$/,
    tag: /^2(?:\.0|$|-)/,
    facts: onRpm({
      ...BASE,
      packageManager: "yum",
      tools: { yum: true, ...missing("dnf microdnf wget git gcc make zypper pacman") },
    }),
    source: "amazonlinux/container-images, Amazon Linux 2",
  },
  {
    image: /^(?:amazonlinux|public\.ecr\.aws\/amazonlinux\/amazonlinux)$/,
    tag: /^2023(?:[.-]|$)/,
    facts: onRpm({ ...BASE, ...BASH, tools: missing("zypper pacman amazon-linux-extras") }),
    source:
      "docs.aws.amazon.com/linux/al2/ug/prepare-for-al2023: no amazon-linux-extras in AL2023 (read 2026-11-28)",
  },
  {
    image: /^(?:centos|quay\.io\/centos\/centos)$/,
    tag: /^(?:centos)?[67](?:[.-]|$)/,
    facts: onRpm({
      ...BASE,
      packageManager: "yum",
      tools: { yum: true, ...missing("dnf microdnf wget git gcc make zypper pacman") },
    }),
    source: "Docker Hub, CentOS 6 and 7",
  },
  {
    image:
      /^(?:fedora|quay\.io\/fedora\/fedora|rockylinux|rockylinux\/rockylinux|quay\.io\/rockylinux\/rockylinux|almalinux|oraclelinux|amazonlinux|public\.ecr\.aws\/amazonlinux\/amazonlinux)$/,
    tag: ANY,
    facts: onRpm({ ...BASE, ...BASH, tools: missing("zypper pacman") }),
    source: "Docker Hub and quay.io, images of Fedora and what is like Red Hat Enterprise Linux",
  },
  {
    image:
      /^(?:centos|quay\.io\/centos\/centos|registry\.access\.redhat\.com\/ubi\d+(?:\/ubi(?:-init)?)?|redhat\/ubi\d+(?:-init)?)$/,
    tag: ANY,
    facts: onRpm({ ...BASE, tools: missing("zypper pacman") }),
    source: "Docker Hub and quay.io, images of Fedora and what is like Red Hat Enterprise Linux",
  },
  {
    image:
      /^(?:opensuse\/(?:leap|tumbleweed)|registry\.opensuse\.org\/opensuse\/(?:leap|tumbleweed)|registry\.suse\.com\/bci\/bci-base)$/,
    tag: ANY,
    facts: {
      os: { family: "suse", version: undefined },
      libc: "glibc",
      shell: "/bin/sh",
      packageManager: "zypper",
      role: "base",
      defaultUser: "root",
      tools: { ...there("sh bash zypper rpm"), ...missing("apk apt-get dnf yum microdnf pacman") },
    },
    source: "registry.opensuse.org, images of Leap and Tumbleweed",
  },
  {
    image: /^(?:archlinux|archlinux\/archlinux)$/,
    tag: ANY,
    facts: {
      os: { family: "arch", version: undefined },
      libc: "glibc",
      shell: "/bin/sh",
      packageManager: "pacman",
      role: "base",
      defaultUser: "root",
      ...BASH,
      tools: { ...there("sh bash pacman"), ...missing("apk apt apt-get dnf yum microdnf zypper") },
    },
    source: "gitlab.archlinux.org, archlinux-docker",
  },
];

/** Of Java, by who built it. */
const JAVA: readonly ImageFamily[] = [
  {
    image: /^openjdk$/,
    tag: /windows|nanoserver/,
    facts: { os: { family: "other", version: "windows" } },
    source: "docker-library/openjdk, windows Dockerfiles",
  },
  ...["jre", ""].flatMap((kind): ImageFamily[] => {
    const facts = kind === "jre" ? JRE : JDK;
    const tag = (system: string) => new RegExp(`^(?=.*${kind})(?=.*${system})`);
    return [
      {
        image: /^openjdk$/,
        tag: tag("alpine"),
        facts: onAlpine(facts),
        source: "docker-library/openjdk, alpine Dockerfiles of 7 to 27",
      },
      {
        image: /^openjdk$/,
        tag: tag("(?:slim|stretch|buster|bullseye|bookworm|trixie)"),
        facts: onDebian(facts),
        source: "docker-library/openjdk, Debian Dockerfiles of 7 to 27",
      },
      {
        // Of 8 and 11 the plain tags are Debian.
        image: /^openjdk$/,
        tag: tag("^(?:7|8|11)(?:[.u][\\d.]+)?(?:-j[dr][ke])?$"),
        facts: onDebian(facts),
        source: "docker-library/openjdk, Debian Dockerfiles of 7, 8 and 11",
      },
    ];
  }),
  {
    // Since 12 they are Oracle Linux.
    image: /^openjdk$/,
    tag: /oracle|^(?:1[2-9]|2\d)(?:\.[\d.]+)?(?:-ea(?:-\d+)?)?(?:-jdk)?$|^(?:jdk|latest)$/,
    facts: onRpm(JDK),
    source: "docker-library/openjdk, Oracle Linux Dockerfiles of 12 to 27",
  },
  {
    image: /^amazoncorretto$/,
    tag: ALPINE_TAG,
    facts: onAlpine({ tools: there("java") }),
    source: "corretto/corretto-docker, alpine Dockerfiles",
  },
  {
    image: /^amazoncorretto$/,
    tag: APT_TAG,
    facts: onDebian({ tools: there("java") }),
    source: "corretto/corretto-docker, Debian Dockerfiles",
  },
  {
    image: /^amazoncorretto$/,
    tag: /^(?!.*windows)/,
    facts: onRpm({ tools: there("java") }),
    source: "corretto/corretto-docker, Amazon Linux Dockerfiles",
  },
  {
    image: /^azul\/zulu-openjdk-alpine$|^bellsoft\/liberica-openj(?:dk|re)-alpine(?:-musl)?$/,
    tag: ANY,
    facts: onAlpine({ tools: there("java") }),
    source: "zulu-openjdk/zulu-openjdk and bell-sw/Liberica, alpine Dockerfiles",
  },
  {
    image: /^azul\/zulu-openjdk(?:-debian)?$|^bellsoft\/liberica-openj(?:dk|re)-debian$/,
    tag: ANY,
    facts: onDebian({ tools: there("java") }),
    source: "zulu-openjdk/zulu-openjdk and bell-sw/Liberica, Ubuntu and Debian Dockerfiles",
  },
  {
    image: /^maven$/,
    tag: /^(?!.*(?:alpine|ubi|windows|nanoserver))(?:.*eclipse-temurin|(?:3|3\.9(?:\.\d+)?|latest)$)/,
    facts: onDebian({
      ...TOOLCHAIN,
      tools: there("mvn java javac"),
      ...temurinFiles(),
    }),
    source: "carlossg/docker-maven, Dockerfiles on eclipse-temurin's Ubuntu images",
  },
  {
    image: /^gradle$/,
    tag: /^(?!.*(?:corretto|al20|ubi|graal|alpine|windows|nanoserver))(?:[6-9]|\d\d|jdk|latest)/,
    facts: onDebian({
      ...TOOLCHAIN,
      tools: there("gradle java javac"),
      ...temurinFiles("gradle"),
    }),
    source: "keeganwitt/docker-gradle, Ubuntu Dockerfiles of 6 to 9",
  },
  {
    image: /^tomcat$/,
    tag: /^(?:9|1[01])(?:\.[\d.]+)?(?:-j(?:dk|re)\d+)?(?:-temurin(?:-\w+)?)?$/,
    facts: onDebian({ ...RUNTIME, tools: there("java"), workdir: "/usr/local/tomcat" }),
    source: "docker-library/tomcat, Dockerfiles of 9 to 11 on eclipse-temurin",
  },
];

const BEAM = /^(?:elixir|erlang|hexpm\/(?:elixir|erlang))$/;
const BEAM_ENVIRONMENT = environment({
  OTP_VERSION: null,
  REBAR3_VERSION: null,
  ELIXIR_VERSION: null,
  LANG: null,
});

/** Of languages. Tags name the system where there is a choice. */
const LANGUAGES: readonly ImageFamily[] = [
  {
    image: BEAM,
    tag: ALPINE_TAG,
    facts: onAlpine({ ...BEAM_ENVIRONMENT, tools: missing("curl git make gcc g++ cc") }),
    source: "erlef/docker-elixir, erlang/docker-erlang-otp, hexpm/bob, alpine Dockerfiles (read 2026-11-27)",
  },
  {
    image: BEAM,
    tag: /^(?!.*(?:windows|nanoserver)).*slim/,
    facts: onDebian({
      ...BEAM_ENVIRONMENT,
      tools: missing("curl wget git make gcc g++ cc"),
      directories: topLevel(),
    }),
    source: "erlef/docker-elixir, erlang/docker-erlang-otp, hexpm/bob, slim Dockerfiles (read 2026-11-27)",
  },
  {
    image: /^hexpm\/(?:elixir|erlang)$/,
    tag: APT_TAG,
    facts: onDebian({ ...BEAM_ENVIRONMENT, tools: missing("curl wget git make gcc g++ cc") }),
    source: "hexpm/bob, Debian and Ubuntu Dockerfiles (read 2026-11-27)",
  },
  {
    image: /^(?:haxe|clojure|crystallang\/crystal|nimlang\/nim|dart|swift|perl|haskell|julia|r-base)$/,
    tag: ALPINE_TAG,
    facts: onAlpine(),
    source: "docker-library/official-images and the projects' Dockerfiles, alpine tags",
  },
  {
    image: /^(?:elixir|erlang)$/,
    tag: /^(?!.*(?:windows|nanoserver))/,
    facts: onDebian({ ...BEAM_ENVIRONMENT, directories: topLevel() }),
    source: "erlef/docker-elixir, erlang/docker-erlang-otp, Dockerfiles on buildpack-deps (read 2026-11-27)",
  },
  {
    image: /^haskell$/,
    tag: /^(?!.*(?:windows|nanoserver))/,
    facts: onDebian({ directories: topLevel() }),
    source: "haskell/docker-haskell: nothing beside the system's top directories",
  },
  {
    image: /^(?:perl|julia|r-base|mono|rocker\/r-ver)$/,
    tag: /^(?!.*(?:windows|nanoserver))/,
    facts: onDebian(),
    source: "docker-library/official-images and rocker-org/rocker-versioned2, Debian and Ubuntu Dockerfiles",
  },
  {
    image: /^swift$/,
    tag: /^(?!.*(?:windows|rhel|ubi|centos|amazonlinux|fedora|static))/,
    facts: onDebian({ directories: topLevel() }),
    source: "swiftlang/swift-docker, Ubuntu and Debian Dockerfiles, which unpack to /usr",
  },
  {
    image: /^dart$/,
    tag: /^(?!.*windows)/,
    facts: onDebian({ ...TOOLCHAIN, tools: there("dart"), directories: topLevel("runtime") }),
    source: "dart-lang/dart-docker, Dockerfiles on Debian",
  },
  {
    image: /^crystallang\/crystal$/,
    tag: ANY,
    facts: onDebian({ ...TOOLCHAIN, tools: there("crystal shards") }),
    source: "crystal-lang/distribution-scripts, Ubuntu Dockerfile",
  },
  {
    image: /^oven\/bun$/,
    tag: ALPINE_TAG,
    facts: onAlpine({ ...BUN, tools: { bun: true } }),
    source: "oven-sh/bun, dockerhub/alpine (read 2026-11-27)",
  },
  {
    image: /^oven\/bun$/,
    tag: /^(?!.*(?:distroless|windows))/,
    facts: onDebian({
      ...RUNTIME,
      ...BUN,
      tools: { bun: true, ...missing("curl wget") },
      directories: { ...topLevel(), "/home": ["bun"] },
    }),
    source: "oven-sh/bun, dockerhub/debian and debian-slim (read 2026-11-27)",
  },
  {
    image: /^denoland\/deno$/,
    tag: ALPINE_TAG,
    // Deno itself needs glibc, which the image brings beside Alpine's own library.
    facts: onAlpine({
      ...RUNTIME,
      ...DENO,
      files: ["/lib64/ld-linux-x86-64.so.2"],
      tools: { deno: true, ...missing("bash curl") },
    }),
    source: "denoland/deno_docker, alpine.dockerfile (read 2026-11-27)",
  },
  {
    image: /^denoland\/deno$/,
    tag: /^(?!.*(?:distroless|bin|centos|windows))/,
    facts: onDebian({ ...RUNTIME, ...DENO, tools: { deno: true, ...missing("curl wget") } }),
    source: "denoland/deno_docker, debian.dockerfile, which tags without a system's name are",
  },
  {
    image: /^ghcr\.io\/astral-sh\/uv$/,
    tag: ALPINE_TAG,
    facts: onAlpine(UV),
    source: "astral-sh/uv, images that its workflow builds on alpine and python",
  },
  {
    image: /^(?:ghcr\.io\/gleam-lang\/gleam|lukemathwalker\/cargo-chef)$/,
    tag: ALPINE_TAG,
    facts: onAlpine(),
    source: "Dockerfiles of the projects, alpine tags",
  },
  {
    image: /^ghcr\.io\/astral-sh\/uv$/,
    tag: APT_TAG,
    facts: onDebian(UV),
    source: "astral-sh/uv, images that its workflow builds on debian, buildpack-deps and python",
  },
  {
    image: /^ghcr\.io\/astral-sh\/uv$/,
    tag: /^(?:\d+(?:\.\d+)*|latest)$/,
    facts: {
      shell: "none",
      packageManager: "none",
      tools: { uv: true, ...missing("sh bash curl wget python3") },
    },
    source: "astral-sh/uv, Dockerfile on scratch",
  },
  {
    image: /^lukemathwalker\/cargo-chef$/,
    tag: /rust/,
    facts: onDebian({ ...TOOLCHAIN, tools: there("cargo rustc cargo-chef") }),
    source: "LukeMathWalker/cargo-chef, docker/Dockerfile on rust",
  },
  {
    image: /^composer$/,
    tag: ANY,
    facts: onAlpine({
      tools: there("composer php git bash curl unzip"),
      directories: { ...topLevel("app", "docker-entrypoint.sh"), "/home": ["www-data"], "/app": [] },
    }),
    source: "composer/docker, Dockerfiles on php's alpine images",
  },
  {
    image: /^(?:nvidia\/cuda|nvcr\.io\/nvidia\/cuda)$/,
    tag: /ubuntu/,
    facts: onDebian(),
    source: "gitlab.com/nvidia/container-images/cuda, Ubuntu Dockerfiles",
  },
  {
    image: /^(?:nvidia\/cuda|nvcr\.io\/nvidia\/cuda)$/,
    tag: RPM_TAG,
    facts: onRpm(),
    source: "gitlab.com/nvidia/container-images/cuda, UBI, Rocky Linux and CentOS Dockerfiles",
  },
  {
    image:
      /^(?:pytorch\/pytorch|tensorflow\/tensorflow|continuumio\/(?:miniconda3|anaconda3)|condaforge\/(?:miniforge3|mambaforge))$/,
    tag: /^(?!.*alpine)/,
    facts: onDebian({ tools: there("python") }),
    source: "Dockerfiles of PyTorch, TensorFlow, Anaconda and conda-forge on Ubuntu and Debian",
  },
  {
    image: /^mcr\.microsoft\.com\/playwright(?:\/(?:python|java|dotnet))?$/,
    tag: /noble|jammy|focal/,
    facts: onDebian(),
    source: "microsoft/playwright, utils/docker on Ubuntu",
  },
];

/** Of servers and tools for which only the system, or who runs, is known. */
const OTHERS: readonly ImageFamily[] = [
  {
    image: /^docker$/,
    tag: /^(?!.*(?:windows|nanoserver|rootless))/,
    facts: onAlpine({ tools: there("docker") }),
    source: "docker-library/docker, Dockerfiles",
  },
  {
    image: /^(?:alpine\/git|hashicorp\/terraform|zenika\/alpine-chrome)$/,
    tag: ANY,
    facts: onAlpine({ defaultUser: undefined }),
    source: "Dockerfiles of the projects on alpine",
  },
  {
    image: /^nginxinc\/nginx-unprivileged$/,
    tag: ALPINE_TAG,
    facts: onAlpine({ ...RUNTIME, defaultUser: "101", exposedPorts: ["8080/tcp"], tools: there("nginx") }),
    source: "nginxinc/docker-nginx-unprivileged, alpine Dockerfiles",
  },
  {
    image: /^nginxinc\/nginx-unprivileged$/,
    tag: ANY,
    facts: onDebian({ ...RUNTIME, defaultUser: "101", exposedPorts: ["8080/tcp"], tools: there("nginx") }),
    source: "nginxinc/docker-nginx-unprivileged, Debian Dockerfiles",
  },
  {
    image: /^jenkins\/(?:jenkins|inbound-agent)$/,
    tag: /^(?!.*(?:alpine|almalinux|rhel|ubi|windows|nanoserver|centos))/,
    facts: onDebian({ defaultUser: "jenkins", tools: there("java") }),
    source: "jenkinsci/docker and jenkinsci/docker-agents, Debian Dockerfiles",
  },
  {
    image: /^jenkins\/jenkins$/,
    tag: ALPINE_TAG,
    facts: onAlpine({ defaultUser: "jenkins", tools: there("java") }),
    source: "jenkinsci/docker, alpine Dockerfiles",
  },
  {
    image: /^apache\/airflow$/,
    tag: /^(?:slim-)?[23]\.|^(?:slim-)?latest/,
    // Its user is called `airflow`, and USER has the number.
    facts: onDebian({ defaultUser: "50000", tools: there("python pip") }),
    source: "apache/airflow, Dockerfile of 3.3 (read 2026-11-27)",
  },
  {
    image:
      /^(?:quay\.io\/)?jupyter\/(?:base|minimal|scipy|datascience|tensorflow|pytorch|pyspark|all-spark|r|julia)-notebook$/,
    tag: ANY,
    facts: onDebian({ defaultUser: "1000", tools: there("python") }),
    source: "jupyter/docker-stacks, images on Ubuntu that end as NB_UID",
  },
  {
    image: /^(?:wordpress|drupal|nextcloud|matomo|joomla|phpmyadmin|mediawiki|ghost)$/,
    tag: /(^|-)alpine|^cli/,
    facts: onAlpine({ defaultUser: undefined }),
    source: "docker-library/official-images, alpine tags, and wordpress:cli",
  },
  {
    image: /^(?:wordpress|drupal|nextcloud|matomo|joomla|phpmyadmin|mediawiki|ghost)$/,
    tag: ANY,
    facts: onDebian({ defaultUser: undefined }),
    source: "docker-library/official-images, Debian tags",
  },
  {
    image: /^cypress\/(?:base|browsers|included|factory)$/,
    tag: ANY,
    facts: onDebian(),
    source: "cypress-io/cypress-docker-images, Dockerfiles on Debian",
  },
  {
    image: /^(?:grafana\/grafana(?:-oss|-enterprise)?)$/,
    tag: /^(?:latest|\d+(?:\.\d+)*)$/,
    facts: onAlpine({ defaultUser: "472" }),
    source: "grafana/grafana, Dockerfile on alpine, which ends as GF_UID",
  },
  {
    image: /^(?:docker\.n8n\.io\/)?n8nio\/n8n$/,
    tag: /^(?:latest|\d+(?:\.\d+)*)$/,
    facts: onAlpine({ defaultUser: "node", tools: there("node") }),
    source: "n8n-io/n8n, docker/images on node's alpine image",
  },
  {
    image:
      /^(?:docker\.elastic\.co\/(?:logstash\/logstash|elasticsearch\/elasticsearch|kibana\/kibana)|logstash|elasticsearch|kibana)$/,
    tag: /^[789]\./,
    facts: { defaultUser: "1000" },
    source: "elastic, Dockerfiles of 7 to 9, which end as the user of the service",
  },
  {
    image:
      /^registry\.access\.redhat\.com\/ubi[89]\/(?:nodejs|python|php|ruby|go-toolset|nginx|httpd|perl)-\d+$/,
    tag: ANY,
    facts: { defaultUser: "1001" },
    source: "sclorg, Dockerfiles of the s2i images, which end as 1001",
  },
  {
    // Its init is meant to run as root.
    image: /^phusion\/(?:baseimage|passenger-\w+)$/,
    tag: ANY,
    facts: onDebian({ defaultUser: undefined }),
    source: "phusion/baseimage-docker, Dockerfile on Ubuntu",
  },
];

export const SYSTEM_FAMILIES: readonly ImageFamily[] = [
  ...DISTRIBUTIONS,
  ...JAVA,
  ...LANGUAGES,
  ...OTHERS,
].map((it) => ({ ...it, date: "2026-11-26" }));
