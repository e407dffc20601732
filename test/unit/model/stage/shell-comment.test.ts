import { expect, test } from "vitest";
import { source } from "../../../../server/src/text/source.ts";
import { modelOf } from "../../../support/model.ts";

/** Of each RUN, whether its script is one that is read. */
function read(text: string): boolean[] {
  return modelOf(text).stages.flatMap((stage) =>
    stage.instructions
      .filter((it) => it.name === "RUN")
      .map((it) => (stage.scriptOf(it)?.commands.length ?? 0) > 0),
  );
}

test("a comment tells of the base image's shell, until the next one", () => {
  expect(
    read(source`
      FROM mcr.microsoft.com/example/windows:1
      RUN ls
      # hadolint shell=powershell
      RUN Get-Process notepad
      RUN Get-Process
      # hadolint shell = /bin/ash # here
      RUN ls`),
  ).toEqual([true, false, false, true]);
});

test("SHELL and the next stage are as they are", () => {
  expect(
    read(source`
      FROM example/a:1
      # hadolint shell=pwsh
      RUN a
      SHELL ["/bin/bash", "-c"]
      RUN b
      # hadolint shell=cmd
      FROM example/b:1
      RUN c
      SHELL ["powershell"]
      RUN d
      # hadolint shell=bash
      RUN e`),
  ).toEqual([false, true, true, false, true]);
});

test("one at the top holds for each stage, until another or a SHELL", () => {
  expect(
    read(source`
      # hadolint shell=powershell
      FROM example/a:1
      RUN Get-Process
      SHELL ["/bin/bash", "-c"]
      RUN b
      FROM example/b:1
      RUN Get-Process
      # hadolint shell=bash
      RUN c`),
  ).toEqual([false, true, false, true]);
});
