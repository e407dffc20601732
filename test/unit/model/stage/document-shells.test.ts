import { expect, test } from "vitest";
import { documentShell } from "../../../../server/src/model/stage/script-text.ts";
import { source } from "../../../../server/src/text/source.ts";
import { modelOf } from "../../../support/model.ts";

/** Of each RUN, the words of the shell that reads its here-document, and the first program of its script. */
function shells(text: string): (string | undefined)[][] {
  return modelOf(text).stages.flatMap((stage) =>
    stage.instructions
      .filter((it) => it.name === "RUN")
      .map((it) => [
        documentShell(it)?.words.join(" "),
        stage.scriptOf(it)?.commands[0]?.name?.literal ?? undefined,
      ]),
  );
}

test("a here-document that is handed to a shell is the script, on either side of it", () => {
  expect(
    shells(source`
      FROM debian:trixie
      RUN <<EOF bash
      apt-get update
      EOF
      RUN <<'EOF' /usr/bin/bash -euxo pipefail
      x=vim
      EOF
      RUN bash -e -o pipefail <<EOF
      apt-get update
      EOF
      RUN sh -s <<-"EOF"
      	apt-get update
      EOF`),
  ).toEqual([
    ["bash", "apt-get"],
    ["/usr/bin/bash -euxo pipefail", undefined],
    ["bash -e -o pipefail", "apt-get"],
    ["sh -s", "apt-get"],
  ]);
});

test("a first line says it too, and nothing else does", () => {
  expect(
    shells(source`
      FROM debian:trixie
      RUN <<EOF
      #!/usr/bin/env bash
      apt-get update
      EOF
      RUN <<EOF
      #!/usr/bin/python3 -u
      import os
      EOF
      RUN <<EOF
      apt-get update
      EOF
      RUN bash build.sh <<EOF
      yes
      EOF
      RUN cat <<EOF
      apt-get update
      EOF`),
  ).toEqual([
    ["bash", "apt-get"],
    ["/usr/bin/python3 -u", undefined],
    [undefined, "apt-get"],
    [undefined, "bash"],
    [undefined, "cat"],
  ]);
});

test("what the outer shell expands before must stay what it was", () => {
  expect(
    shells(source`
      FROM debian:trixie
      ENV VERSION=1
      RUN <<EOF bash
      curl -O https://example.com/$VERSION.tgz
      EOF
      RUN <<EOF bash
      for it in vim git; do apt-get install -y $it; done
      EOF
      RUN <<EOF bash
      apt-get install -y \$(cat packages.txt)
      EOF
      RUN <<'EOF' bash
      for it in vim git; do apt-get install -y $it; done
      EOF`),
  ).toEqual([
    ["bash", "curl"],
    [undefined, undefined],
    [undefined, undefined],
    ["bash", "apt-get"],
  ]);
});
