import { ALPINE, DEBIAN, environment, missing, temurinFiles, there } from "../operating-systems.ts";
import { ALPINE_TAG, ANY, type ImageFamily } from "./family.ts";

const TEMURIN_ENVIRONMENT = environment({
  PATH: "/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  ...{ JAVA_HOME: "/opt/java/openjdk", JAVA_VERSION: null, JAVA_TOOL_OPTIONS: null },
  ...{ LANG: null, LANGUAGE: null, LC_ALL: null },
});
const MAVEN_TOOLS = there("mvn java javac");
const GRADLE_TOOLS = there("gradle java javac");

export const JAVA_FAMILIES: readonly ImageFamily[] = [
  {
    image: /^(maven|gradle|eclipse-temurin)$/,
    tag: /(^|-)(ubi\d*|amazoncorretto|sapmachine|ibm|graalvm|windows)/,
    facts: {},
    source: "no more is shared",
  },
  {
    image: /^maven$/,
    tag: ALPINE_TAG,
    facts: {
      ...ALPINE,
      role: "toolchain",
      defaultUser: "root",
      tools: { ...ALPINE.tools, ...MAVEN_TOOLS },
      ...temurinFiles(),
    },
    source: "carlossg/docker-maven",
  },
  {
    image: /^maven$/,
    tag: ANY,
    facts: {
      role: "toolchain",
      libc: "glibc",
      shell: "/bin/sh",
      defaultUser: "root",
      tools: { ...there("sh bash"), ...MAVEN_TOOLS },
      ...temurinFiles(),
    },
    source: "carlossg/docker-maven",
  },
  {
    image: /^gradle$/,
    tag: ALPINE_TAG,
    facts: {
      ...ALPINE,
      role: "toolchain",
      defaultUser: "root",
      tools: { ...ALPINE.tools, ...GRADLE_TOOLS },
      ...temurinFiles("gradle"),
    },
    source: "keeganwitt/docker-gradle",
  },
  {
    image: /^gradle$/,
    tag: ANY,
    facts: {
      role: "toolchain",
      libc: "glibc",
      shell: "/bin/sh",
      defaultUser: "root",
      tools: { ...there("sh bash"), ...GRADLE_TOOLS },
      ...temurinFiles("gradle"),
    },
    source: "keeganwitt/docker-gradle",
  },
  {
    image: /^eclipse-temurin$/,
    tag: /-jre.*alpine/,
    facts: {
      ...TEMURIN_ENVIRONMENT,
      ...ALPINE,
      role: "runtime",
      defaultUser: "root",
      tools: { ...ALPINE.tools, java: true, ...missing("javac bash curl") },
      ...temurinFiles(),
    },
    source: "adoptium/containers",
  },
  {
    image: /^eclipse-temurin$/,
    tag: ALPINE_TAG,
    facts: {
      ...TEMURIN_ENVIRONMENT,
      ...ALPINE,
      role: "toolchain",
      defaultUser: "root",
      tools: { ...ALPINE.tools, ...there("java javac"), ...missing("bash curl") },
      ...temurinFiles(),
    },
    source: "adoptium/containers",
  },
  {
    image: /^eclipse-temurin$/,
    tag: /-jre/,
    facts: {
      ...TEMURIN_ENVIRONMENT,
      ...DEBIAN,
      users: undefined,
      role: "runtime",
      defaultUser: "root",
      tools: { ...DEBIAN.tools, java: true, javac: false },
      ...temurinFiles(),
    },
    source: "adoptium/containers",
  },
  {
    image: /^eclipse-temurin$/,
    tag: ANY,
    facts: {
      ...TEMURIN_ENVIRONMENT,
      ...DEBIAN,
      users: undefined,
      role: "toolchain",
      defaultUser: "root",
      tools: { ...DEBIAN.tools, ...there("java javac") },
      ...temurinFiles(),
    },
    source: "adoptium/containers",
  },
  {
    image: /^openjdk$/,
    tag: /jre/,
    facts: { role: "runtime" },
    source: "docker-library/openjdk",
  },
  { image: /^openjdk$/, tag: ANY, facts: { role: "toolchain" }, source: "docker-library/openjdk" },
];
