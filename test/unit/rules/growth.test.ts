import { expect, test, vi } from "vitest";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { modelOf } from "../../support/model.ts";

const times = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

/** Looks at texts while a file is checked: time would tell of the machine as well. */
function looksIn(text: string): number {
  const spies = [
    vi.spyOn(RegExp.prototype, "test"),
    vi.spyOn(String.prototype, "startsWith"),
    vi.spyOn(String.prototype, "endsWith"),
    vi.spyOn(Array.prototype, "includes"),
    vi.spyOn(Array.prototype, "push"),
  ];
  try {
    checkDockerfile(modelOf(text), { allRules: true });
    return spies.reduce((sum, it) => sum + it.mock.calls.length, 0);
  } finally {
    for (const it of spies) it.mockRestore();
  }
}

/** What is long twice over costs twice as much. */
test.each<[string, (count: number) => string]>([
  [
    "directories made and copied",
    (count) =>
      `FROM alpine:3.24 AS a\n${times(count, (it) => `RUN mkdir -p /d${it}\n`)}FROM alpine:3.24\n${times(count, (it) => `COPY --from=a /d${it} /d${it}\n`)}`,
  ],
  [
    "directories made in one RUN and copied",
    (count) =>
      `FROM alpine:3.24 AS a\nRUN mkdir${times(count, (it) => ` /d${it}`)}\nFROM alpine:3.24\n${times(count, (it) => `COPY --from=a /d${it} /d${it}\n`)}`,
  ],
  [
    "programs built and copied",
    (count) =>
      `FROM golang:1.27 AS a\nWORKDIR /src\n${times(count, (it) => `COPY c${it} c${it}\nRUN go build -o /out/p${it} ./c${it}\n`)}FROM alpine:3.24\n${times(count, (it) => `COPY --from=a /out/p${it} /usr/local/bin/\n`)}`,
  ],
  [
    "programs built in one RUN and copied",
    (count) =>
      `FROM golang:1.27 AS a\nRUN true${times(count, (it) => ` && go build -o /out/p${it} ./c${it}`)}\nFROM scratch\n${times(count, (it) => `COPY --from=a /out/p${it} /p${it}\n`)}`,
  ],
  [
    "variables in one ENV",
    (count) => `FROM debian:13\nENV${times(count, (it) => ` V${it}=x`)}\nRUN echo $V1\n`,
  ],
  [
    "variables, each of which names a path",
    (count) =>
      `FROM alpine:3.24\nRUN mkdir /srv\n${times(count, (it) => `ENV V${it}=/srv\nRUN touch $V${it}/f${it}\n`)}`,
  ],
])("%s", (_, make) => {
  // A script is remembered when it comes for the second time.
  looksIn(make(400));
  looksIn(make(400));
  expect(looksIn(make(400)) / looksIn(make(200))).toBeLessThan(2.2);
});
