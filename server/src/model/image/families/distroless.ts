import { missing, type SharedFacts, there, topLevel } from "../operating-systems.ts";
import type { ImageFamily } from "./family.ts";

const distroless = (image: RegExp, libc: "glibc" | "none", more: SharedFacts = {}): ImageFamily[] => {
  const facts: SharedFacts = {
    libc,
    packageManager: "none",
    certificates: true,
    timeZones: true,
    users: { root: 0, nobody: 65534, nonroot: 65532 },
    ...more,
    directories: { ...topLevel("nodejs", "busybox", "cacert"), "/home": ["nonroot"] },
  };
  const source = "GoogleContainerTools/distroless, README and the images' definitions";
  const plain: SharedFacts = {
    ...facts,
    shell: "none",
    tools: {
      ...missing(
        "sh bash ash busybox curl wget nc ps apk apt-get git gcc useradd groupadd usermod adduser cat ls",
      ),
      ...more.tools,
    },
  };
  // Debug images keep BusyBox under /busybox, which their PATH has; /bin/sh is not there.
  const debug: SharedFacts = {
    ...facts,
    shell: "/busybox/sh",
    tools: {
      ...there("sh busybox wget nc cat ls"),
      ...missing("bash curl apk apt-get git gcc useradd groupadd usermod"),
      ...more.tools,
    },
  };
  return [
    // `nodejs:18` and `java:11-debug` were their names before the release stood behind them.
    { image, tag: /^(?:\d+-)?debug-nonroot/, facts: { ...debug, defaultUser: "65532" }, source },
    { image, tag: /^(?:\d+-)?debug/, facts: { ...debug, defaultUser: "0" }, source },
    { image, tag: /^(?:\d+-)?nonroot/, facts: { ...plain, defaultUser: "65532" }, source },
    { image, tag: /^(?:latest|\d+$)/, facts: { ...plain, defaultUser: "0" }, source },
  ];
};

export const DISTROLESS_FAMILIES: readonly ImageFamily[] = [
  ...distroless(/^gcr\.io\/distroless\/static(-debian\d+)?$/, "none", {
    role: "base",
    entrypoint: null,
  }),
  ...distroless(/^gcr\.io\/distroless\/(base|base-nossl|cc)(-debian\d+)?$/, "glibc", {
    role: "base",
    entrypoint: null,
  }),
  // Not `java-base`, which is the same without Java.
  ...distroless(/^gcr\.io\/distroless\/java(?!-base)[\w-]*$/, "glibc", {
    role: "runtime",
    tools: { java: true },
    entrypoint: ["/usr/bin/java", "-jar"],
  }),
  ...distroless(/^gcr\.io\/distroless\/nodejs[\w-]*$/, "glibc", {
    role: "runtime",
    entrypoint: ["/nodejs/bin/node"],
  }),
  ...distroless(/^gcr\.io\/distroless\/python3-debian12$/, "glibc", {
    role: "runtime",
    tools: { python3: true, python: true },
    entrypoint: ["/usr/bin/python3.11"],
  }),
  ...distroless(/^gcr\.io\/distroless\/python3[\w-]*$/, "glibc", {
    role: "runtime",
    tools: { python3: true },
  }),
];
