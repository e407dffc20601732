import { describe, expect, test } from "vitest";
import { carriageReturnInValue } from "../../../../server/src/rules/environment/carriage-return-in-value.ts";
import { commentInValue } from "../../../../server/src/rules/environment/comment-in-value.ts";
import { notReadInRawFile } from "../../../../server/src/rules/environment/not-read-in-raw-file.ts";
import { textBehindQuotes } from "../../../../server/src/rules/environment/text-behind-quotes.ts";
import { unsetInEnvironmentFile } from "../../../../server/src/rules/environment/unset-in-environment-file.ts";
import { unusedInEnvironmentFile } from "../../../../server/src/rules/environment/unused-in-environment-file.ts";
import { variableSetTwice } from "../../../../server/src/rules/environment/variable-set-twice.ts";
import { applyEdits } from "../../../../server/src/text/edit.ts";
import { fixedSideFile, problemsOfSideFile, reportsInSideFile } from "../../../support/side-files.ts";

const files = {
  "compose.yaml": "services:\n  api:\n    image: example/api:${TAG}\n    env_file: .env\n",
};

describe("what Compose refuses", () => {
  const errors = (text: string, around: Parameters<typeof problemsOfSideFile>[2] = { files }) =>
    problemsOfSideFile(text, "environment file", around).map((it) => `${it.severity} ${it.rule}`);

  test("is an error where a Compose file reads the file", () => {
    expect(errors("A B=1\n")).toEqual(["error dotenv-name"]);
    expect(errors('A="x\n')).toEqual(["error dotenv-quote"]);
    expect(errors("A=${B C}\n")).toEqual(["error dotenv-variable"]);
    expect(errors("A=1\nB")).toEqual(["warning dotenv-nameless"]);
  });

  test("is a hint where none is known to, and nothing in a project without Docker", () => {
    expect(errors("A B=1\nA=1\nA=2\n", { files, name: ".env.production" })).toEqual([
      "hint dotenv-name",
      "hint variable-set-twice",
    ]);
    expect(errors("A B=1\nA=1\nA=2\n", { files: { "package.json": "{}" } })).toEqual([]);
  });

  test("can be mended where it is plain how", () => {
    const fixed = (text: string) => {
      const [problem] = problemsOfSideFile(text, "environment file", { files });
      const edits = problem?.fixes[0]?.edits;
      return edits && applyEdits(text, edits);
    };
    expect(fixed("; note\n")).toBe("# note\n");
    expect(fixed("// note\n")).toBe("# note\n");
    expect(fixed("A=1\nB")).toBe("A=1\nB\n");
    expect(fixed("A=${B C}\n")).toBe("A='${B C}'\n");
    expect(fixed("A+B=1\n")).toBeUndefined();
  });
});

describe("variable-set-twice", () => {
  const reports = reportsInSideFile(variableSetTwice, { files });
  test("each but the last", () => reports`
    A=1
    ^ variable-set-twice: A is set again in line 3, and the last one counts.
    B=1
    A=2
    A
  `);
  test("other names, and other case", () => reports`
    A=1
    a=2`);
  test("is removed with its lines, unless something between uses it", () => {
    const fixed = (text: string) => fixedSideFile(text, variableSetTwice, { files });
    expect(fixed("A='x\ny'\nB=1\nA=2\n")).toBe("B=1\nA=2\n");
    expect(fixed("A=1\nB=$A\nA=2\n")).toBeUndefined();
    expect(fixed("\uFEFFA=1\nA=2\n")).toBe("\uFEFFA=2\n");
    expect(fixed("A=1 # why\nA=2\n")).toBeUndefined();
  });
});

describe("comment-in-value", () => {
  const reports = reportsInSideFile(commentInValue, { files });
  test("what looks like a comment and is none", () => reports`
    A= # none
       ^^^^^^ comment-in-value
    C=a # a comment
    D=#fff
    E=a#b
    F="" # none
    G='# text'
  `);
  test("a secret that is cut off", () => reports`
    DB_PASSWORD=ab #c4
                   ^^^ comment-in-value
    API_TOKEN=ab # of the staging system
    NAME=ab #cd
  `);
  test("a tab in front", () => {
    const found = problemsOfSideFile("A=1\t# one\n", commentInValue, { files });
    expect(found.map((it) => it.span)).toEqual([{ start: 4, end: 9 }]);
    expect(fixedSideFile("A=1\t# one\n", commentInValue, { files })).toBe("A=1 # one\n");
  });
  test("is mended", () => {
    expect(fixedSideFile("A= # none\n", commentInValue, { files })).toBe('A= "" # none\n');
    expect(fixedSideFile("PASSWORD=ab #c4\n", commentInValue, { files })).toBe("PASSWORD='ab #c4'\n");
  });
});

describe("unset-in-environment-file", () => {
  const reports = reportsInSideFile(unsetInEnvironmentFile, { files });
  test("neither set above nor by the shell", () => reports`
    A=1
    B=$A
    C="x$D"
        ^^ unset-in-environment-file
    D=1
    E='$NOT'
    F=\${NOT:-x}
    G=$$NOT
    H=$HOME/x
    I=$5
  `);
  test("weighs more in a secret", () => {
    const [found] = problemsOfSideFile("DB_PASSWORD=pa$word\n", unsetInEnvironmentFile, { files });
    expect(found?.severity).toBe("warning");
    expect(fixedSideFile("DB_PASSWORD=pa$word\n", unsetInEnvironmentFile, { files })).toBe(
      "DB_PASSWORD='pa$word'\n",
    );
  });
  test("what .env sets may be used in an env_file", () => {
    const around = {
      files: { ...files, ".env": "NAME=x\n", "compose.yaml": "services: {a: {image: x, env_file: a.env}}\n" },
    };
    expect(problemsOfSideFile("A=$NAME\n", unsetInEnvironmentFile, { ...around, name: "a.env" })).toEqual([]);
  });
});

describe("unused-in-environment-file", () => {
  const alone = { "compose.yaml": "services:\n  api:\n    image: example/api:${TAG}\n" };
  test("nothing uses it", () =>
    reportsInSideFile(unusedInEnvironmentFile, { files: alone })`
      TAG=$BASE
      BASE=1
      COMPOSE_PROJECT_NAME=x
      OLD=1
      ^^^ unused-in-environment-file: No Compose file here uses OLD, and no container gets it.
    `);
  test("containers get it, or a program may read it", () => {
    for (const it of [files, { ...alone, "package.json": "{}" }])
      expect(problemsOfSideFile("OLD=1\n", unusedInEnvironmentFile, { files: it })).toEqual([]);
  });
});

test("text-behind-quotes: a name or a variable, and no comment", () =>
  reportsInSideFile(textBehindQuotes, { files })`
    A="a" b
          ^ text-behind-quotes: Compose reads this as a variable of its own: the value ended at the quote.
    C='c'd=1
         ^ text-behind-quotes
    D="d" # x
    E=e f
  `);

test("carriage-return-in-value: inside a value, not at the end of lines", () => {
  const found = (text: string) => problemsOfSideFile(text, carriageReturnInValue, { files }).length;
  expect(found("A=1\r\nB='x'\r\n")).toBe(0);
  expect(found('A="x\\r"\n')).toBe(0);
  expect(found("A='x\r\ny'\r\n")).toBe(1);
  expect(fixedSideFile("A='x\r\ny'\r\n", carriageReturnInValue, { files })).toBe("A='x\ny'\r\n");
});

describe("not-read-in-raw-file", () => {
  const raw = {
    files: { "compose.yaml": "services: {a: {image: x, env_file: [{path: a.env, format: raw}]}}\n" },
    name: "a.env",
  };
  test("quotes, comments, variables, export", () =>
    reportsInSideFile(notReadInRawFile, raw)`
      A='a'
        ^^^ not-read-in-raw-file
      B=b # why
          ^^^^^ not-read-in-raw-file
      C=\${A}
        ^^^^ not-read-in-raw-file
      export D=1
      ^^^^^^^^ not-read-in-raw-file
      E =1
      ^ not-read-in-raw-file
        # F G
      H
      I=1
    `);
  test("and nothing of what the other format means", () => {
    expect(problemsOfSideFile('A=$X\nB="\n', "environment file", raw)).toEqual([]);
  });
});

test("comments silence, for a line and for the file", () => {
  const found = (text: string) =>
    problemsOfSideFile(text, "environment file", { files }).map((it) => it.rule);
  expect(found("A=1\nA=2\n")).toEqual(["variable-set-twice"]);
  expect(found("# plimsoll ignore=variable-set-twice\nA=1\nA=2\n")).toEqual([]);
  expect(found("A=1\nA=2\n# plimsoll global ignore=variable-set-twice\n")).toEqual([]);
});

test("a comment behind a secret needs no blank to be one", () => {
  reportsInSideFile(commentInValue, { files })`
    DB_PASSWORD=ab #required
    API_KEY=ab #TODO!
    JWT_SECRET=ab #change this 1
  `;
});

test("nothing of files that other programs read in folders below, or by their own rules", () => {
  const text = "A= # x\nA=$NOBODY\nA B\n";
  for (const name of ["web/.env", "web/.env.example", ".env.local", ".env.development.local"])
    expect(problemsOfSideFile(text, "environment file", { files, name })).toEqual([]);
  const framework = { ...files, "package.json": "{}" };
  const said = (name: string) => problemsOfSideFile(text, "environment file", { files: framework, name });
  expect(said(".env.development")).toEqual([]);
  expect(said(".env.example")).not.toEqual([]);
});

test("what a raw file may be raw for is left as it is", () => {
  const raw = {
    files: {
      "compose.yaml":
        "services:\n  a:\n    image: a\n    env_file:\n      - path: raw.env\n        format: raw\n",
    },
    name: "raw.env",
  };
  reportsInSideFile(notReadInRawFile, raw)`
    JSON={"a": "b # c"}
    RULE=path(/x # y)
    TEMPLATE=\${value}
  `;
});
