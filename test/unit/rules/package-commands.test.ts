import { expect, test } from "vitest";
import { readPackageCommand, textOf } from "../../../server/src/rules/knowledge/packages/package-commands.ts";
import { modelOf } from "../../support/model.ts";

/** The first command of a RUN as a package command, in short. */
function read(script: string) {
  const [stage] = modelOf(`FROM debian:trixie-slim\nRUN ${script}\n`).stages;
  const [run] = stage?.instructions ?? [];
  const command = run && stage?.commandsOf(run)?.commands[0];
  const call = command && readPackageCommand(command);
  return call && [call.manager, call.act, call.verb, ...call.operands.map(textOf)].join(" ");
}

test.each([
  ["apt-get -qq -o Dpkg::Use-Pty=0 install -t backports curl git=1", "apt install install curl git=1"],
  ["/usr/bin/apt update", "apt refresh update"],
  ["apk --no-cache add -t .build 'gcc<14'", "apk install add gcc<14"],
  ["dnf --setopt tsflags=nodocs module install -y nodejs:22", "dnf install module install nodejs:22"],
  ["microdnf clean all", "dnf clean clean all"],
  ["zypper -n --releasever 16.0 in -r main nginx", "zypper install in nginx"],
  ["python3.14 -Im pip install flask", undefined],
  ["python3 -I -m pip install -r requirements.txt flask", "pip install install flask"],
  ["pip3 cache purge", "pip clean cache purge"],
  ["npm --loglevel warn i -g typescript@5", "npm install i typescript@5"],
  ["yarn global add serve", "yarn install global add serve"],
  ["gem install rails -v 8.0 --no-document", "gem install install rails"],
  ["go install -ldflags '-s -w' example.com/x@latest", "go install install example.com/x@latest"],
  ['["apk", "add", "curl"]', "apk install add curl"],
])("%s", (script, expected) => {
  expect(read(script)).toBe(expected);
});

test.each(["curl -y install x", "python3 install.py", "apt-get", "dnf5daemon install x", "$APT install x"])(
  "no package manager: %s",
  (script) => {
    expect(read(script)).toBeUndefined();
  },
);

test("a variable as it is written, quotes taken away", () => {
  expect(read('apt-get install "curl=${VERSION}" $PACKAGES')).toBe(
    "apt install install curl=${VERSION} $PACKAGES",
  );
});
