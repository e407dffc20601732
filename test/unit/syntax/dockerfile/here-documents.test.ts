import { describe, expect, test } from "vitest";
import { readHead, readHereDocumentHeads } from "../../../../server/src/syntax/dockerfile/here-documents.ts";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { mapText } from "../../../../server/src/text/mapped-text.ts";
import { source } from "../../../../server/src/text/source.ts";
import { at, only, problemsIn, shown } from "./shown.ts";

function heads(line: string): string[] {
  const found = readHereDocumentHeads(mapText(line, [{ start: 0, end: line.length }]));
  return found.map((it) => {
    const descriptor = it.fileDescriptor === 0 ? "" : it.fileDescriptor;
    return `${descriptor}${it.stripTabs ? "-" : ""}${it.expand ? "" : "'"}${it.name}`;
  });
}

describe("what announces a here-document", () => {
  test.each([
    ["RUN <<EOF", ["EOF"]],
    ["RUN <<-EOF cat", ["-EOF"]],
    ["RUN cat <<EOF | sh", ["EOF"]],
    ["COPY <<one.txt <<two.txt /dst/", ["one.txt", "two.txt"]],
    ["RUN 3<<A 42<<-B x", ["3A", "42-B"]],
    ["RUN <<  EOF > x", ["EOF"]],
    ["RUN << -EOF", ["-EOF"]],
    ["RUN <<EOF>file", ["EOF>file"]],
    ["RUN <<EOF;", ["EOF;"]],
    ["RUN <<$EOF", ["$EOF"]],
    [`RUN <<EOF \${x:-y} $z`, ["EOF"]],
    [`RUN <<EOF \${x:=y}`, ["EOF"]],
  ])("%s", (line, expected) => {
    expect(heads(line)).toEqual(expected);
  });

  test.each([
    ["RUN <<'EOF'", ["'EOF"]],
    ['RUN <<"E O F"', ["'E O F"]],
    ["RUN <<E'O'F", ["'EOF"]],
    ["RUN <<E\\'F", ["E'F"]],
    ["RUN <<'E'\\'F", ["'E'F"]],
    ["RUN <<- EOF", []],
    ["RUN <<", []],
    ['RUN <<""', []],
    ["RUN cat<<EOF", []],
    ["RUN <<<EOF", []],
    ["RUN cat <<<$x", []],
    ["RUN '<<EOF'", []],
    ['RUN echo "a <<EOF b"', []],
    ["RUN echo \\<<EOF", []],
    ["RUN x<<EOF", []],
  ])("%s: quoted or none", (line, expected) => {
    expect(heads(line)).toEqual(expected);
  });

  test.each(["RUN <<EOF it's", 'RUN <<EOF "open', `RUN <<EOF \${`, `RUN <<EOF \${#x}`, `RUN <<EOF \${a[0]}`])(
    "%s: nothing, since the lexer gives up on the line",
    (line) => {
      expect(heads(line)).toEqual([]);
    },
  );

  test("blanks inside a substitution divide words, those in quotes do not", () => {
    expect(heads(`RUN \${x:-a <<EOF b}`)).toEqual(["EOF"]);
    expect(heads(`RUN "\${x:-a <<EOF b}"`)).toEqual([]);
  });

  test("any depth is read", () => {
    expect(heads(`RUN <<EOF ${"${a:-".repeat(50_000)}${"}".repeat(50_000)}`)).toEqual(["EOF"]);
  });

  test("a word alone", () => {
    expect(readHead("<< EOF")?.name).toBe("EOF");
    expect(readHead("<<- EOF")?.name).toBe("EOF");
    expect(readHead("<<EOF sh")).toBeUndefined();
    expect(readHead("<<'EOF")).toBeUndefined();
    expect(readHead("a<<EOF")).toBeUndefined();
  });
});

describe("contents", () => {
  const text = source`
    FROM a
    RUN <<ONE cat <<-TWO
    # not a comment
    RUN not-an-instruction \
    ONE
    	tabbed
    	TWO
    RUN next
  `;
  const run = parseDockerfile(text).instructions[1];

  test("go from line to line, one here-document after the other", () => {
    expect(run?.hereDocuments.map((it) => at(text, it.content))).toEqual([
      "# not a comment\nRUN not-an-instruction \\\n",
      "\ttabbed\n",
    ]);
    expect(run?.hereDocuments.map((it) => it.terminator && at(text, it.terminator))).toEqual([
      "ONE",
      "\tTWO",
    ]);
    expect(run?.hereDocuments.map((it) => at(text, it.span))).toEqual(["<<ONE", "<<-TWO"]);
  });

  test("lose the tabs that <<- takes away", () => {
    expect(run?.hereDocuments.map((it) => it.text.text)).toEqual([
      "# not a comment\nRUN not-an-instruction \\\n",
      "tabbed\n",
    ]);
    const [document] = only("RUN <<-E\n\t\ta\tb\n\n\tc\n E").hereDocuments;
    expect(document?.text.text).toBe("a\tb\n\nc\n E");
    expect(document?.text.spanOf(0, 1)).toEqual({ start: 11, end: 12 });
  });

  test("belong to their instruction, and the next one follows", () => {
    expect([run?.startLine, run?.headEndLine, run?.endLine]).toEqual([1, 1, 6]);
    expect(shown(text)).toEqual(['(from "a")', '(run "<<ONE cat <<-TWO")', '(run "next")']);
    expect(parseDockerfile(text).comments).toEqual([]);
  });

  test("end at the delimiter alone: no blanks, tabs only for <<-", () => {
    const run = only("RUN <<EOF\n EOF\n\tEOF\nEOF \nEOFx\nEOF\n");
    expect(run.hereDocuments[0]?.terminator).toBeDefined();
    expect(run.endLine).toBe(5);
    expect(only("RUN <<-EOF\n\t\tEOF\n").endLine).toBe(1);
  });

  test("end at a delimiter before CRLF, and start behind a continued line", () => {
    const text = "COPY <<A \\\r\n  /dst\r\nx\r\nA\r\n";
    expect(only(text).hereDocuments.map((it) => at(text, it.content))).toEqual(["x\r\n"]);
  });

  test("can be empty, and can be several of the same name", () => {
    const text = "RUN <<A <<A\nA\nx\nA\n";
    expect(only(text).hereDocuments.map((it) => at(text, it.content))).toEqual(["", "x\n"]);
  });
});

describe("where here-documents may stand", () => {
  test("on RUN, COPY, ADD and what ONBUILD puts before them", () => {
    for (const line of ["RUN <<E", "run <<E", "COPY <<E /x", "ADD <<E /x", "ONBUILD RUN <<E"]) {
      expect(only(`${line}\nx\nE\n`).hereDocuments).toHaveLength(1);
    }
    expect(only("ONBUILD RUN <<E\nx\nE\n").inner?.hereDocuments).toHaveLength(1);
  });

  test("not elsewhere, and not in exec form", () => {
    expect(shown("CMD <<E\nE\n")).toEqual(['(cmd "<<E")', '(e "")']);
    expect(shown("ONBUILD ONBUILD RUN <<E\nE\n")).toEqual(['(onbuild (onbuild (run "<<E")))', '(e "")']);
    expect(shown('RUN ["<<E"]\nE\n')).toEqual(['(run "<<E")', '(e "")']);
  });
});

describe("problems of here-documents", () => {
  test("no line closes it: it goes to the end", () => {
    expect(problemsIn("FROM a\nRUN <<EOF\nx\nRUN y\n")).toEqual(["unterminated-here-document: <<EOF"]);
    expect(only("RUN <<EOF\nx\nRUN y\n").hereDocuments[0]).toMatchObject({
      content: { start: 10, end: 18 },
      terminator: undefined,
    });
    expect(problemsIn("FROM a\nRUN <<A <<B")).toEqual(["unterminated-here-document: <<A"]);
  });

  test("it cannot be the destination", () => {
    expect(problemsIn("FROM a\nCOPY x <<E\nE\n")).toEqual(["here-document-as-destination: <<E"]);
    expect(problemsIn("FROM a\nCOPY <<E /x\nE\n")).toEqual([]);
  });
});
