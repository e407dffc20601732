import { describe, test } from "vitest";
import type { ImageFactsSource } from "../../../../server/src/model/image/facts.ts";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";
import { answers } from "../../../support/stage-questions.ts";

/** What the index of Debian's archive says of packages that no table here has. */
describe("packages of Debian", () => {
  test("bring only what they and all that comes with them hold", () => {
    answers({
      "tool curl": "no",
      "tool git": "no",
      "tool gpg": "?",
      certificates: "no",
      "tool rarely-asked": "?",
    })`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends libvips-dev gnupg
    `;
  });

  test("with what they recommend, unless that is left out", () => {
    answers({ "tool gcc": "?", certificates: "?", "tool curl": "no" })`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y python3-pip
    `;
    answers({ "tool gcc": "no", "tool pip": "?", "tool python3": "?" })`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends python3-pip
    `;
  });

  test("may be of a version with a pattern or a variable", () => {
    answers({ "tool git": "yes", "tool curl": "yes", "tool wget": "no" })`
      FROM debian:13-slim
      ARG CURL_VERSION
      RUN apt-get update && apt-get install -y --no-install-recommends git=1:2.* "curl=\${CURL_VERSION}"
    `;
  });

  test("of a name that several provide: what any of them brings", () => {
    answers({ "tool nc": "?", "tool curl": "no" })`
      FROM debian:12-slim
      RUN apt-get update && apt-get install -y --no-install-recommends netcat
    `;
  });

  test("may be anything when they are not Debian's alone", () => {
    const unknown = { "tool curl": "?", certificates: "?" };
    answers(unknown)`
      FROM debian:13-slim
      RUN echo "deb https://example.com/debian trixie main" > /etc/apt/sources.list.d/other.list
      RUN apt-get update && apt-get install -y libvips-dev
    `;
    answers(unknown)`
      FROM debian:13-slim AS base
      COPY sources.list /etc/apt/
      FROM base
      RUN apt-get update && apt-get install -y libvips-dev
    `;
    answers(unknown)`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y -t trixie-backports libvips-dev
    `;
    answers(unknown)`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y libvips-dev of-nobody
    `;
    answers(unknown)`
      FROM ubuntu:24.04
      RUN apt-get update && apt-get install -y libvips-dev
    `;
    answers(unknown)`
      FROM debian:13-slim
      ARG PACKAGES
      RUN apt-get update && apt-get install -y libvips-dev $PACKAGES
    `;
  });

  test("that come before another source is added are Debian's", () => {
    answers({ "tool curl": "no" })`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends libvips-dev
      COPY docker.list /etc/apt/sources.list.d/
    `;
  });
});

/** As if the images had been read: what is not among their programs is not there. */
const read: ImageFactsSource = {
  names: () => shippedImages.names(),
  tags: (name) => shippedImages.tags(name),
  find(image) {
    const facts = shippedImages.find(image);
    return facts && { ...facts, toolsComplete: true };
  },
};

describe("of packages in the table, nothing that comes with them is said to be missing", () => {
  test.each([
    ["procps", "sysctl vmstat kill killall", "strip"],
    ["gcc", "strip nm objcopy cpp gcc-14 x86_64-linux-gnu-gcc", "sysctl"],
    ["git", "ssh-add ssh-agent prove shasum", "sysctl"],
    ["netcat-openbsd", "netcat", "ncat"],
    ["xz-utils", "unxz xzcat", "bzip2"],
    ["build-essential", "bzip2 gmake dpkg-source", "curl"],
  ])("%s", (name, there, missing) => {
    const questions = Object.fromEntries([
      ...there.split(" ").map((it) => [`tool ${it}`, "?"]),
      [`tool ${missing}`, "no"],
    ]);
    const text = `FROM debian:13-slim\nRUN apt-get update && apt-get install -y ${name}\n`;
    answers(questions, { images: read })(Object.assign([""], { raw: [text] }));
  });
});
