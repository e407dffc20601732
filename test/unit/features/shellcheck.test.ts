import { beforeAll, describe, expect, test } from "vitest";
import { shellcheckProblems } from "../../../server/src/features/shellcheck/comments.ts";
import { shellcheckScripts } from "../../../server/src/features/shellcheck/scripts.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { source } from "../../../server/src/text/source.ts";
import { textOf } from "../../../server/src/text/span.ts";
import { Shellcheck } from "../../../server/src/workspace/shellcheck.ts";
import { installShellcheck, shellcheckProgram, withoutShellcheck } from "../../setup/shellcheck.ts";
import { modelOf } from "../../support/model.ts";

const { CI } = process.env;
const lacking = withoutShellcheck();
beforeAll(async () => (lacking && CI !== "true" ? undefined : installShellcheck()), 120_000);

/** `CODE text` of each finding, with the real ShellCheck. */
async function found(text: string, program = shellcheckProgram) {
  const scripts = shellcheckScripts(modelOf(text));
  const shellcheck = new Shellcheck(program);
  await shellcheck.ask(scripts);
  return scripts.flatMap((it) => shellcheckProblems(it, shellcheck.commentsOf(it) ?? []));
}

async function codes(text: string): Promise<string[]> {
  return (await found(text)).map((it) => `${it.rule} ${textOf(text, it.span)}`);
}

describe.skipIf(lacking && CI !== "true")("ShellCheck", () => {
  describe("places", () => {
    test("in a continued RUN with comments, behind characters of two units, in an ONBUILD", async () => {
      const text = source`
      FROM debian:trixie-slim
      RUN echo "😀" $first && \
          # why
          echo	$second
      ONBUILD RUN rm $third
    `;
      expect(await codes(text)).toEqual([
        "SC2154 $first",
        "SC2086 $first",
        "SC2154 $second",
        "SC2086 $second",
        "SC2154 $third",
        "SC2086 $third",
      ]);
    });

    test("in a here-document", async () => {
      const text = source`
      FROM debian:trixie-slim
      RUN <<EOF
      set -e
      ls \`pwd\`
      EOF
    `;
      expect(await codes(text)).toEqual(["SC2046 `pwd`", "SC2006 `pwd`"]);
    });
  });

  describe("what is known of the stage", () => {
    test("variables of ENV, ARG and an unknown base are set", async () => {
      const text = source`
      FROM debian:trixie-slim
      ARG A
      ENV B=1
      RUN echo $A $B $PATH
      FROM example.com/base:1
      RUN echo $C
    `;
      expect(await codes(text)).toEqual([]);
    });

    test("its shell", () => {
      const dialects = (text: string) => shellcheckScripts(modelOf(text)).map((it) => it.dialect);
      const text = source`
      FROM debian:trixie-slim
      RUN one
      SHELL ["/bin/bash", "-o", "pipefail", "-c"]
      RUN two
      FROM alpine:3.24
      RUN one
      RUN <<EOF
      #!/usr/bin/env bash
      two
      EOF
      RUN <<EOF
      #!/usr/bin/env python3
      three
      EOF
      RUN ["exec", "form"]
      FROM oraclelinux:9-slim
      RUN one
    `;
      expect(dialects(text)).toEqual(["dash", "bash", "sh", "bash", "bash"]);
    });

    test("the shell that a comment tells of", async () => {
      const text = source`
      # hadolint shell=bash
      FROM debian:trixie-slim
      RUN [[ -f /x ]] && ls
      FROM debian:trixie-slim
      SHELL ["/bin/sh", "-c"]
      RUN [[ -f /x ]] && ls
      # hadolint shell=powershell
      RUN Get-Process $name
    `;
      expect(await codes(text)).toEqual(["SC3010 [[ -f /x ]]"]);
    });

    test("proxies are set by the builder, and what triggers set", async () => {
      const text = source`
      FROM debian:trixie-slim
      RUN curl -x "$http_proxy" https://example.com
      ONBUILD ARG release
      ONBUILD RUN ./fetch "$release" "$edition"
      RUN ./fetch "$release"
    `;
      expect(await codes(text)).toEqual(["SC2154 $edition", "SC2154 $release"]);
    });

    test("ash has more than POSIX asks for, dash has not", async () => {
      const script = "RUN [[ -f /x ]] && ls\n";
      expect(await codes(`FROM alpine:3.24\n${script}`)).toEqual([]);
      expect(await codes(`FROM debian:trixie-slim\n${script}`)).toEqual(["SC3010 [[ -f /x ]]"]);
      expect(await codes(`FROM example.com/base:1\n${script}`)).toEqual([]);
    });
  });

  test("its own fixes, where no continuation is lost by them", async () => {
    const text = source`
    FROM debian:trixie-slim
    RUN touch $a \
        # kept
        "$b"$c
  `;
    const edits = (await found(text)).flatMap((it) => it.fixes.flatMap((fix) => fix.edits));
    expect(applyEdits(text, edits)).toBe(source`
    FROM debian:trixie-slim
    RUN touch "$a" \
        # kept
        "$b""$c"
  `);
  });

  test("a comment of its own turns it off for the RUN", async () => {
    const text = source`
    FROM debian:trixie-slim
    RUN touch \
        # shellcheck disable=SC2086,SC2154
        $a
    RUN touch "$b"
  `;
    expect(await codes(text)).toEqual(["SC2154 $b"]);
  });

  test("where it is not installed, or does not do as it should, it says nothing", async () => {
    const text = "FROM debian:trixie-slim\nRUN touch $a\n";
    expect(await found(text, "/nowhere/shellcheck")).toEqual([]);
    expect(await found(text, "/bin/false")).toEqual([]);
    expect(await found(text, "/bin/cat")).toEqual([]);
  });

  test("a script is asked for once", async () => {
    const scripts = shellcheckScripts(modelOf("FROM debian:trixie-slim\nRUN touch $a\n"));
    const shellcheck = new Shellcheck(shellcheckProgram);
    expect(shellcheck.commentsOf(scripts[0] ?? expect.fail())).toBeUndefined();
    expect(await shellcheck.ask(scripts)).toBe(true);
    expect(await shellcheck.ask(scripts)).toBe(false);
  });
});
