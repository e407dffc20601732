import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { type ComposeFormat, formatCompose } from "../../../server/src/features/formatting/compose.ts";
import { parseCompose } from "../../../server/src/syntax/compose/parse.ts";
import { applyEdits, overlap } from "../../../server/src/text/edit.ts";
import { source } from "../../../server/src/text/source.ts";

function format(text: string, options: Partial<ComposeFormat> = {}): string {
  const edits = formatCompose({ file: parseCompose(text) }, { step: 2, ...options });
  for (const [at, edit] of edits.entries())
    for (const other of edits.slice(at + 1, at + 4)) expect(overlap(edit, other)).toBe(false);
  return applyEdits(text, edits);
}

/** Before, a line `->`, after; with both kinds of line breaks, and what is formatted stays as it is. */
function formats(options: Partial<ComposeFormat> = {}) {
  return (strings: TemplateStringsArray): void => {
    const [before = "", after = ""] = source(strings)
      .split("->\n")
      .map((it) => it.replaceAll("·", " ").replaceAll("⇥", "\t"));
    expect(format(before, options)).toBe(after);
    expect(format(after, options)).toBe(after);
    const windows = (text: string) => text.replaceAll("\n", "\r\n");
    if (!options.range) expect(format(windows(before), options)).toBe(windows(after));
  };
}

test("indentation, blanks behind colons and dashes, at ends of lines, blank lines", () => {
  formats()`
    ·
    services:··

    ·

        web:
           image:   nginx:1.29··
           ports  :
              -   "80:80"
              -··8443:443
           command: [a,
                 "b",··
              c
              ]
    # at the margin
        # before api
        api: {image:  a,  init:true , x-a : b}

    ->
    services:

      web:
        image: nginx:1.29
        ports:
          - "80:80"
          - 8443:443
        command: [a,
          "b",
          c
          ]
    # at the margin
      # before api
      api: {image: a,  init:true , x-a: b}
  `;
});

test("lists stand as most in the file do", () => {
  formats()`
    services:
      a:
        image: a
        ports:
        - 80
        profiles:
        - a
        secrets:
            - b
    ->
    services:
      a:
        image: a
        ports:
        - 80
        profiles:
        - a
        secrets:
        - b
  `;
});

test("texts below | and > move as a whole, and keep each blank of their own", () => {
  formats()`
    services:
        a:
            image: a
            command: |
                if true; then··
                    echo one

                  ⇥echo two
                ··
                fi


            entrypoint: >-2
                  indented
                 text
            labels:
              a: |+
               kept

            init: true
    ->
    services:
      a:
        image: a
        command: |
          if true; then··
              echo one

            ⇥echo two
    ········
          fi

        entrypoint: >-2
              indented
             text
        labels:
          a: |+
            kept

        init: true
  `;
});

test("texts over several lines keep their quotes and what may count", () => {
  formats()`
    services:
        a:
            image: a
            command: one two
                   three

              four
            entrypoint: "one··
               two \\
                 three"
            hostname:
               'a
               b'
    ->
    services:
      a:
        image: a
        command: one two
          three

          four
        entrypoint: "one··
          two \\
          three"
        hostname:
          'a
          b'
  `;
});

test("comments go with what they stand above of", () => {
  formats()`
    # top


    services: # behind
         # of a
         a:
            image: a
            # of ports
            ports:
               # of 80
               - 80 #·behind··
               # last
            # end of a
         # end of services
    # end
    ->
    # top

    services: # behind
      # of a
      a:
        image: a
        # of ports
        ports:
          # of 80
          - 80 #·behind
          # last
        # end of a
      # end of services
    # end
  `;
});

test("anchors, aliases, tags, merge keys and nested lists", () => {
  formats()`
    x-a:   &a
       init:   true
    services:
       web:
          <<  :   *a
          image: !override    a
          depends_on:   !reset []
          x-list:
            -   - a
                - b
            -    &x   name: c
                 other: d
            -
                 e: f
          x-keys: {a, b : c}
    ->
    x-a: &a
      init: true
    services:
      web:
        <<: *a
        image: !override    a
        depends_on: !reset []
        x-list:
          - - a
            - b
          - &x   name: c
            other: d
          -
            e: f
        x-keys: {a, b: c}
  `;
});

test("several documents, and JSON", () => {
  formats()`
    ---
    a:
        b: c
    ---
    d:   e
    ...
    ->
    ---
    a:
      b: c
    ---
    d: e
    ...
  `;
  formats()`
    {
        "services": {
      "a": {"image":"b",
        "init":  true }
        }
    }
    ->
    {
      "services": {
        "a": {"image": "b",
          "init": true }
      }
    }
  `;
});

test("by as many blanks as the editor is set to", () => {
  formats({ step: 4 })`
    services:
      a:
        image: a
        ports:
          - target: 80
            published: 80
    ->
    services:
        a:
            image: a
            ports:
                - target: 80
                  published: 80
  `;
});

test("only what is selected, in the column of what stands around it", () => {
  const text =
    "services:\n    a:\n        image:   a\n        ports:\n              - 80  \n    b:\n        image:   b\n";
  const start = text.indexOf("        image");
  const range = { start, end: text.indexOf("    b:") };
  expect(format(text, { range })).toBe(
    "services:\n    a:\n      image: a\n      ports:\n        - 80\n    b:\n        image:   b\n",
  );
});

describe("the end of the file", () => {
  test.each([
    ["a: b", "a: b\n"],
    ["a: b\n\n\n", "a: b\n"],
    ["a: b  \n  ", "a: b\n"],
    ["a: |\n  b", "a: |\n  b"],
    ["a: |-\n  b", "a: |-\n  b\n"],
    ["a: |\n  b\n\n\n", "a: |\n  b\n"],
    ["a: |+\n  b\n\n\n", "a: |+\n  b\n\n\n"],
    ["", ""],
    ["\n\n", "\n\n"],
  ])("%j", (before, after) => {
    expect(format(before)).toBe(after);
  });
});

test.each([
  "services:\n    a: [b\n",
  "services:\n    a: b\n   c: d\n",
  "a: *b\n  ",
  "? a\n:   b\n",
  "\uFEFFa:   b\n",
])("is left alone: %j", (text) => {
  expect(formatCompose({ file: parseCompose(text) }, { step: 2 })).toEqual([]);
});

const folder = "test/fixtures/compose/sound";
const fixtures = [...readdirSync(folder).map((it) => `${folder}/${it}`), "examples/blog/compose.yaml"].map(
  (it) => readFileSync(it, "utf8"),
);

/** The plain data of each document; quotes, anchors and tags are compared by the formatter itself. */
function dataOf(text: string): unknown {
  return parseAllDocuments(text, { logLevel: "silent", uniqueKeys: false }).map((it) =>
    it.toJS({ maxAliasCount: -1, mapAsMap: true }),
  );
}

/** Ways to spoil a text without changing what it says. */
const spoilt = fc
  .record({
    text: fc.constantFrom(...fixtures),
    factor: fc.constantFrom(1, 2, 3),
    crlf: fc.boolean(),
    seed: fc.array(fc.nat(5), { minLength: 1, maxLength: 40 }),
  })
  .map(({ text, factor, crlf, seed }) => {
    let at = 0;
    const next = () => seed[at++ % seed.length] ?? 0;
    let inText = -1;
    const lines = text.split("\n").map((line) => {
      const indent = /^ */.exec(line)?.[0].length ?? 0;
      const wider = " ".repeat(indent * factor) + line.slice(indent);
      if (inText >= 0 && (indent > inText || line === "")) return wider;
      inText = /[|>][-+]?$/.test(line) ? indent : -1;
      if (inText >= 0) return wider;
      const isQuoted = (line.match(/["']/g) ?? []).length % 2 === 1;
      if (isQuoted) return wider;
      const spaced = wider.replace(
        /^( *(?:- )?[\w-]+:) (?=\S)/,
        (_, key: string) => key + " ".repeat(1 + next()),
      );
      return spaced + " ".repeat(next()) + "\n".repeat(next() > 3 ? next() : 0);
    });
    return lines.join(crlf ? "\r\n" : "\n").replace(/(?<!\r)\n/g, crlf ? "\r\n" : "\n");
  });

test("whatever it looked like, the data stay, and twice is once", { timeout: 60_000 }, () => {
  let formatted = 0;
  fc.assert(
    fc.property(spoilt, fc.constantFrom(2, 4), (text, step) => {
      const after = format(text, { step });
      expect(dataOf(after)).toEqual(dataOf(text));
      expect(format(after, { step })).toBe(after);
      // A text that is right already shows nothing more: another one takes its turn.
      fc.pre(after !== text);
      formatted++;
      expect(after).not.toMatch(/\n\r?\n\r?\n/);
      expect(after).not.toMatch(/^ *(?:- )?[\w-]+: {2,}(?=[^\s#])/m);
      expect(after.match(/#.*/g)?.map((it) => it.trim())).toEqual(text.match(/#.*/g)?.map((it) => it.trim()));
    }),
    { numRuns: 100 },
  );
  expect(formatted).toBeGreaterThan(60);
});

test("any text is formatted to the same data, or left alone", { timeout: 60_000 }, () => {
  const pieces = fc.constantFrom(
    "a:",
    "b: ",
    "  ",
    "    ",
    "- ",
    "-\n",
    "c\n",
    "\n",
    "# d\n",
    " # e\n",
    "|\n",
    ">-\n",
    "|2\n",
    "[",
    "]",
    "{",
    "}",
    ", ",
    '"f\n',
    'g"',
    "'h'",
    "&i ",
    "*i",
    "!j ",
    "---\n",
    "...\n",
    "\t",
    "\r\n",
    "? ",
    ": ",
    "k l\n",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      const text = parts.join("");
      const after = format(text);
      if (after === text) return;
      expect(parseCompose(after).problems).toEqual(
        parseCompose(text).problems.length === 0 ? [] : expect.anything(),
      );
      expect(dataOf(after)).toEqual(dataOf(text));
      expect(format(after)).toBe(after);
    }),
    { numRuns: 1500 },
  );
});

test("takes as many steps as the file is long", { timeout: 60_000 }, () => {
  const text = (services: number) =>
    `services:\n${Array.from({ length: services }, (_, at) => `    s${at}:\n        image:  a\n        ports:\n            -  "80"  \n\n\n`).join("")}`;
  const time = (services: number) => {
    const file = parseCompose(text(services));
    const start = performance.now();
    expect(formatCompose({ file }, { step: 2 }).length).toBeGreaterThan(services);
    return performance.now() - start;
  };
  time(125);
  const small = Math.min(time(125), time(125));
  const large = Math.min(time(1000), time(1000));
  expect(large / small).toBeLessThan(40);
});

test("lists as the setting says, whatever most in the file are", () => {
  formats({ lists: "flush" })`
    services:
      a:
        image: a
        ports:
          - "80:80"
        volumes:
          - type: bind
            source: .
            target: /x
    ->
    services:
      a:
        image: a
        ports:
        - "80:80"
        volumes:
        - type: bind
          source: .
          target: /x
  `;
  formats({ lists: "indented", step: 4 })`
    services:
      a:
        image: a
        ports:
        - "80:80"
    ->
    services:
        a:
            image: a
            ports:
                - "80:80"
  `;
});
