import { expect, test } from "vitest";
import { signaturesAt } from "../../../server/src/features/signature.ts";
import { readCursor } from "../../support/cursor.ts";
import { modelOf } from "../../support/model.ts";

/** The active form with its active part in `*`. */
function signature(fixture: string): string | undefined {
  const { text, offset } = readCursor(fixture);
  const found = signaturesAt(modelOf(text), offset);
  const form = found?.forms[found.active];
  const part = found?.part === undefined ? undefined : form?.parts[found.part];
  if (!form || !part) return form?.label;
  return `${form.label.slice(0, part.start)}*${form.label.slice(part.start, part.end)}*${form.label.slice(part.end)}`;
}

test("the part that comes next", () => {
  expect(signature("FROM <|>")).toContain("*<image>[:<tag>|@<digest>]* [AS <name>]");
  expect(signature("FROM alpine <|>")).toContain("*[AS <name>]*");
  expect(signature("FROM a\nCOPY --link x <|>")).toContain("<source>… *<destination>*");
  expect(signature("FROM a\nCOPY x y z <|>")).toContain("*<destination>*");
  expect(signature("FROM a\nENV A=1 <|>")).toBe("ENV *<name>=<value>…*");
  expect(signature("FROM a\nRUN a \\\n <|>")).toBeUndefined();
  expect(signature("FROM a\nONBUILD USER <|>")).toBe("USER *<user>[:<group>]*");
});

test("a flag, as far as it is written", () => {
  expect(signature("FROM a\nCOPY --ch<|>")).toContain("*[--chown=…]*");
  expect(signature("FROM a\nHEALTHCHECK --interval=<|>")).toContain("*[--interval=…]*");
  expect(signature("FROM a\nCOPY --what=<|>")).not.toContain("*");
});

test("exec form for who writes a list", () => {
  expect(signature('FROM a\nCOPY ["x", "<|>"]')).toBe('COPY ["<source>", *"<destination>"*]');
  expect(signature('FROM a\nCMD ["a","b","<|>')).toBe('CMD ["<program>", *"<argument>"…*]');
});

test("nothing in names, comments, scripts and command lines", () => {
  for (const it of [
    "FR<|>OM a",
    "# <|>\nFROM a",
    "FROM a\nRUN <|>",
    "FROM a\nRUN npm <|>",
    "FROM a\nRUN <<E\n<|>\nE\n",
    "FROM a\nWHAT <|>",
  ])
    expect(signature(it), it).toBeUndefined();
});
