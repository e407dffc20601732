import { describe, expect, test } from "vitest";
import type { ImageFacts, ImageFactsSource } from "../../../../server/src/model/image/facts.ts";
import { type ImageReading, isImageReading } from "../../../../server/src/model/image/image-reading.ts";
import { factsOfReading } from "../../../../server/src/model/image/read-facts.ts";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";
import { listing, reading } from "../../../support/images/readings.ts";
import { answers, resultOf } from "../../../support/stage-questions.ts";

const image = { name: "alpine", tag: "3.24", digest: undefined };

function facts(it: ImageReading, shipped?: ImageFacts): ImageFacts {
  return factsOfReading(it, { name: "alpine", tag: "3.24", isHere: true, shipped });
}

/** Every image is the one that was read. */
function only(it: ImageReading): { readonly images: ImageFactsSource } {
  return { images: { find: () => facts(it), names: () => [], tags: () => [] } };
}

describe("a complete reading makes both answers certain", () => {
  const inputs = only(reading());

  test("of programs, users, groups and paths", () => {
    answers(
      {
        "tool wget": "yes",
        "tool curl": "no",
        "tool anything-else": "no",
        "tool /bin/sh": "yes",
        "tool /usr/bin/bash": "no",
        "user? nobody": "yes",
        "user? app": "no",
        "group? wheel": "yes",
        "group? app": "no",
        "path /app": "no",
        "path /etc/passwd": "yes",
        "path /etc/shadow": "no",
        "path /usr/local/bin/x": "no",
        shell: "yes",
        certificates: "yes",
        "time-zones": "no",
        libc: "musl",
      },
      inputs,
    )`FROM alpine:3.24`;
  });

  test("and what instructions add counts on top", () => {
    answers({ "tool curl": "yes", "user? app": "yes", "path /app": "yes", "tool jq": "no" }, inputs)`
      FROM alpine:3.24
      RUN apk add --no-cache curl && adduser -D app
      WORKDIR /app`;
  });

  test("what every container has is neither", () => {
    const { directories = {} } = reading().contents ?? {};
    const withHosts = reading({
      contents: { directories: { ...directories, "/etc": listing([], "hosts passwd resolv.conf") } },
    });
    answers({ "path /etc/hosts": "?", "path /etc/passwd": "yes" }, only(withHosts))`FROM alpine:3.24`;
  });
});

describe("an incomplete reading leaves unknown what it did not see", () => {
  const { directories = {} } = reading().contents ?? {};
  const { "/": _, ...withoutRoot } = directories;
  const inputs = only(
    reading({ contents: { directories: { ...withoutRoot, "/usr/bin": listing("env", [], false) } } }),
  );

  test("programs and paths", () => {
    answers(
      { "tool wget": "yes", "tool env": "yes", "tool curl": "?", "path /app": "?", "path /home/x": "no" },
      inputs,
    )`FROM alpine:3.24`;
  });

  test("what could not be read", () => {
    const {
      osRelease: _,
      passwd: __,
      group: ___,
      certificates: ____,
      ...contents
    } = reading().contents ?? {};
    const it = facts({ ...reading(), contents: contents as ImageReading["contents"] });
    expect([it.os, it.users, it.groups, it.certificates]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(isImageReading({ ...reading(), contents })).toBe(true);
  });

  test("a package manager that may be there", () => {
    const none = reading({
      contents: { directories: { ...withoutRoot, "/sbin": listing([], [], false), "/bin": listing("sh") } },
    });
    expect(facts(none).packageManager).toBeUndefined();
    expect(facts(none).shell).toBe("/bin/sh");
  });
});

test("links to directories are followed", () => {
  const merged = reading({
    contents: {
      osRelease: 'ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n',
      loaders: ["/lib64/ld-linux-x86-64.so.2"],
      directories: { "/usr/bin": listing("sh apt-get curl"), "/usr/sbin": listing("useradd") },
      links: { "/bin": "/usr/bin", "/sbin": "/usr/sbin" },
    },
  });
  answers(
    { "tool /bin/curl": "yes", "tool useradd": "yes", "tool wget": "no", shell: "yes", libc: "glibc" },
    only(merged),
  )`FROM debian:13`;
  expect(facts(merged)).toMatchObject({
    os: { family: "debian", version: "trixie" },
    packageManager: "apt",
    shell: "/bin/sh",
  });
});

test.each([
  ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"', "debian", "24.04"],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.6"', "rhel", "9.6"],
  ['ID="ol"\nID_LIKE="fedora"\nVERSION_ID="9.6"', "rhel", "9.6"],
  ['ID="opensuse-leap"\nID_LIKE="suse opensuse"\nVERSION_ID="15.6"', "suse", "15.6"],
  ["ID=arch", "arch", undefined],
  ["ID=wolfi\nVERSION_ID=20230201", "wolfi", "20230201"],
  ["ID=nixos", "other", undefined],
  ["no such thing", "other", undefined],
])("%j is of the family %s", (osRelease, family, version) => {
  expect(facts(reading({ contents: { osRelease } })).os).toEqual({ family, version });
});

describe("the C library", () => {
  const libc = (...loaders: string[]) => facts(reading({ contents: { loaders } })).libc;

  test("by the loaders; both leave it open", () => {
    expect(libc()).toBe("none");
    expect(libc("/lib/ld-musl-aarch64.so.1")).toBe("musl");
    expect(libc("/lib/ld-linux-aarch64.so.1")).toBe("glibc");
    expect(libc("/lib64/ld-linux-x86-64.so.2", "/lib/ld-musl-x86_64.so.1")).toBeUndefined();
  });

  test("unknown on a processor whose loaders are not known", () => {
    const it = reading();
    const { loaders: _, ...contents } = it.contents ?? {};
    expect(facts({ ...it, contents: contents as ImageReading["contents"] }).libc).toBeUndefined();
  });
});

test("the configuration is all there is", () => {
  const config = {
    ...reading().config,
    user: "app:staff",
    workdir: "/srv",
    environment: ["PATH=/usr/bin", "A=b=c", "EMPTY="],
    shell: ["/bin/ash", "-eo", "pipefail", "-c"],
    healthcheck: ["NONE"],
  };
  const it = facts(reading({ config }));
  expect(it).toMatchObject({ defaultUser: "app:staff", workdir: "/srv", hasHealthcheck: false });
  expect(it.environment).toEqual({ PATH: "/usr/bin", A: "b=c", EMPTY: "" });
  const state = resultOf("FROM alpine:3.24\n", only(reading({ config })));
  expect(state.shellCommand).toMatchObject({ value: ["/bin/ash", "-eo", "pipefail", "-c"] });
  answers({ "set A": "yes", "set B": "no" }, only(reading({ config })))`FROM alpine:3.24`;
});

test("an image of Windows has a configuration and no contents", () => {
  const it = facts(reading({ platform: "windows/amd64", contents: null }));
  expect(it.os).toEqual({ family: "other", version: "windows" });
  expect(it.shell).toBeUndefined();
  expect(it.users).toBeUndefined();
});

describe("ONBUILD", () => {
  const behind = (...triggers: string[]) => only(reading({ config: { ...reading().config, triggers } }));

  test("that runs something leaves open what is not there yet", () => {
    answers(
      { "tool wget": "yes", "tool curl": "?", "user? app": "?", "path /app": "?", "time-zones": "?" },
      behind("RUN make"),
    )`FROM alpine:3.24`;
  });

  test("that sets something leaves just that open", () => {
    answers({ "tool curl": "no", user: "?", workdir: "/" }, behind("USER app"))`FROM alpine:3.24`;
    answers({ "set A": "?", user: "root (root)" }, behind("env A=b"))`FROM alpine:3.24`;
  });
});

describe("beside the shipped table", () => {
  const shipped = shippedImages.find(image);
  const like: ImageReading = reading({
    contents: {
      directories: Object.fromEntries(
        Object.entries(reading().contents?.directories ?? {})
          .filter(([path]) => path !== "/")
          .map(([path, it]) =>
            path === "/bin"
              ? [path, listing(Object.keys(shipped?.tools ?? {}).filter((name) => shipped?.tools[name]))]
              : [path, it],
          ),
      ),
    },
  });

  test("what the image says wins, and the table completes an image that is what it speaks of", () => {
    const it = facts(like, shipped);
    expect(it.role).toBe("base");
    expect(it.directories?.["/"]).toEqual(shipped?.directories?.["/"]);
    expect(it.exactDirectories?.has("/")).toBe(false);
    expect(it.users).toEqual({ root: 0, nobody: 65534 });
    expect(it.compressedSize).toBe(shipped?.compressedSize);
    expect(it.unpackedSize).toBe(8_000_000);
  });

  test("of an image that is another the table says nothing", () => {
    const { contents } = like;
    const more = { ...contents?.directories, "/usr/bin": listing("env find curl") };
    const it = facts({ ...like, contents: contents && { ...contents, directories: more } }, shipped);
    expect(it.compressedSize).toBeUndefined();
    expect(it.directories?.["/"]).toBeUndefined();
    expect(it.tools["curl"]).toBe(true);
  });
});

describe("where the facts are from", () => {
  test("is said of a no", () => {
    const no = resultOf("FROM alpine:3.24\n", only(reading())).hasTool("curl");
    expect(no.because.at(-1)?.message).toBe(
      "curl is not in alpine:3.24, read from the image on this machine (sha256:aaaaaaaaaaaa), 2026-11-25",
    );
  });

  test("of what is remembered too", () => {
    const it = factsOfReading(reading(), { name: "alpine", tag: "3.24", isHere: false, shipped: undefined });
    expect(it.source).toBe("the image that was on this machine (sha256:aaaaaaaaaaaa)");
    expect(it.date).toBe("2026-11-25");
  });
});

describe("what a client sends is looked at before it is believed", () => {
  test.each([
    null,
    "x",
    [],
    {},
    { ...reading(), form: 2 },
    { ...reading(), id: 1 },
    { ...reading(), config: {} },
    { ...reading(), config: { ...reading().config, environment: "A=b" } },
    { ...reading(), contents: {} },
    { ...reading(), contents: { ...reading().contents, directories: { "/bin": ["sh"] } } },
    { ...reading(), contents: { ...reading().contents, links: { "/bin": 1 } } },
  ])("%#", (value) => {
    expect(isImageReading(value)).toBe(false);
  });

  test("and a reading is one, also after it was written and read", () => {
    expect(isImageReading(JSON.parse(JSON.stringify(reading())))).toBe(true);
    expect(isImageReading(reading({ contents: null }))).toBe(true);
  });
});
