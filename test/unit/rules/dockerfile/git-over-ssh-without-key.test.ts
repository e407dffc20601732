import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { gitOverSshWithoutKey as rule } from "../../../../server/src/rules/dockerfile/git-over-ssh-without-key.ts";
import { reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("nothing speaks of keys", () => {
  reports(rule)`
    FROM python:3.14
    RUN git clone git@github.com:example/tools.git
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ git-over-ssh-without-key: Nothing gives this RUN a key for SSH, nor says who the host is.
    RUN pip install git+ssh://git@github.com/example/lib.git
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ git-over-ssh-without-key
  `;
  expect(check("FROM node:24\nRUN git clone ssh://git@example.com/a.git\n")).toEqual(["error"]);
});

test.each([
  "RUN --mount=type=ssh git clone git@github.com:a/b.git",
  "RUN --mount=type=secret,id=key git clone git@github.com:a/b.git",
  "COPY id_rsa /root/.ssh/\nRUN git clone git@github.com:a/b.git",
  "RUN mkdir -p ~/.ssh && ssh-keyscan github.com >> ~/.ssh/known_hosts\nRUN git clone git@github.com:a/b.git",
  'RUN git config --global url."https://".insteadOf git@github.com:\nRUN git clone git@github.com:a/b.git',
  "ARG SSH_PRIVATE_KEY\nRUN git clone git@github.com:a/b.git",
  "RUN git clone https://git@github.com/a/b.git",
  "RUN git remote add origin git@github.com:a/b.git",
  'COPY deploy /keys/\nRUN git clone -c core.sshCommand="ssh -i /keys/deploy" git@github.com:a/b.git',
  "RUN git config --global core.sshCommand /usr/bin/proxy\nRUN git clone git@github.com:a/b.git",
  "RUN git clone git@github.com:a/b.git || true",
])("silent: %s", (lines) => expect(check(`FROM node:24\n${lines}\n`)).toEqual([]));

test("silent for an image from elsewhere", () =>
  expect(check("FROM example/base\nRUN git clone git@github.com:a/b.git\n")).toEqual([]));

function check(text: string) {
  return checkDockerfile(modelOf(text), { rules: [rule] }).map((it) => it.severity);
}
