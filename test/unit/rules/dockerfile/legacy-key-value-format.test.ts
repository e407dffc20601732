import { expect, test } from "vitest";
import { legacyKeyValueFormat as rule } from "../../../../server/src/rules/dockerfile/legacy-key-value-format.ts";
import { expandWord } from "../../../../server/src/syntax/dockerfile/expand.ts";
import { fixedByAll, fixes, offersNothing, reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("ENV and LABEL without an equals sign", () => {
  reports(rule)`
    FROM scratch
    ENV testKey value
        ^^^^^^^ legacy-key-value-format: testKey is set without an equals sign, so all that follows is its value.
    LABEL testKey some value
          ^^^^^^^ legacy-key-value-format
    ENV ONE TWO=2
        ^^^ legacy-key-value-format
  `;
});

test("not with one, and not ARG", () => {
  reports(rule)`
    FROM scratch
    ARG name
    ENV testKey=value
    ENV a=1 b=2 \
      c="3 4"
    LABEL testKey=value "other key"="some value"
    ENV empty=
  `;
});

test("a word stays as it is, blanks come into quotes", () => {
  fixes(rule, "safe")`
    FROM scratch
    ENV PATH /opt/bin:$PATH
    ENV  NAME   "quoted already"
    ENV ONE TWO=2
    LABEL description All about $NAME, it is
    LABEL "vendor" "ACME"
    ENV OPTS \${OPTS:-a b} -c
    ENV HOME_BIN "\${HOME}/bin"
    ->
    FROM scratch
    ENV PATH=/opt/bin:$PATH
    ENV  NAME="quoted already"
    ENV ONE=TWO=2
    LABEL description="All about $NAME, it is"
    LABEL "vendor"="ACME"
    ENV OPTS="\${OPTS:-a b} -c"
    ENV HOME_BIN="\${HOME}/bin"
  `;
});

test("quotes and escapes keep their meaning", () => {
  fixes(rule, "safe")`
    FROM scratch
    ENV A a "b c" d
    ENV B 'x $y "z"' and \$more
    ENV C one\ word
    ENV D it\'s two
    ENV E "\$a" \\ b
    ENV F "it's \${A}" here
    ->
    FROM scratch
    ENV A="a b c d"
    ENV B="x \$y \"z\" and \$more"
    ENV C=one\ word
    ENV D="it's two"
    ENV E="\$a \\ b"
    ENV F="it's \${A} here"
  `;
  fixes(rule, "safe")`
    # escape=\`
    FROM scratch
    ENV A C:\Program Files
    ENV B a\` "b" c
    ->
    # escape=\`
    FROM scratch
    ENV A="C:\Program Files"
    ENV B="a b c"
  `;
});

test("continued lines and the comments between stay", () => {
  fixes(rule, "safe")`
    FROM scratch
    ENV OPTS -a \
      # because
      -b \
      -c
    ENV NAME \
      value
    ->
    FROM scratch
    ENV OPTS="-a \
      # because
      -b \
      -c"
    ENV NAME=value
  `;
});

test("nothing to offer where the parts cannot be told for sure", () => {
  offersNothing(rule)`
    FROM scratch
    ENV NAME \
      # why
      value
    ENV C "\${D:-"x y"}" z
    LABEL my"key v
    ENV E "a" \
      b
  `;
});

test("the value is the same before and after", () => {
  const values = [
    "a b",
    "a 'b  $x' c",
    'a "b \\" $x" \\$x \\\\ c',
    "it\\'s a 'b\\' c",
    'a"b c"d e',
    "${x} '${x}' \"${x}\"",
    "${x:-a b}c",
    'x\\ y "z\\w" \\q',
  ];
  for (const value of values) {
    const before = `FROM scratch\nENV NAME ${value}\n`;
    const after = fixedByAll(before, [rule]);
    expect(after).not.toBe(before);
    expect(readValue(after), value).toBe(readValue(before));
  }
});

function readValue(text: string): string | undefined {
  const { file } = modelOf(text);
  const [pair] = file.instructions[1]?.pairs ?? [];
  return expandWord(pair?.value?.raw ?? "", () => "X", file.escape).value;
}
