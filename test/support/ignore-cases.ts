/**
 * What ignore files keep out of a build and what they leave in: the table that the server's reader and the client's are both
 * held to: they share how a pattern is read, and not what a file of them means. Each row was compared with `docker build` on engine 28.5.2
 * (test/engine/context.test.ts does so over a whole tree), but for the last, which is moby/patternmatcher's
 * MatchesUsingParentResults.
 */
export const ignoreCases: readonly (readonly [
  file: string,
  out: readonly string[],
  kept: readonly string[],
])[] = [
  ["node_modules", ["node_modules", "node_modules/a/b.js"], ["sub/node_modules", "node_modules2"]],
  ["*.md", ["README.md"], ["docs/README.md", "README.mdx"]],
  ["**/*.md", ["README.md", "docs/a/README.md"], ["README.mdx"]],
  ["/a.log", ["a.log"], ["sub/a.log"]],
  ["docs/*", ["docs/a", "docs/a/b"], ["docs", "x/docs/a"]],
  ["a/**", ["a/b", "a/b/c"], ["a", "ab"]],
  ["**", ["a", "a/b"], []],
  ["**/tmp", ["tmp", "a/tmp", "a/b/tmp/c"], ["atmp"]],
  ["a/**/z", ["a/z", "a/b/z", "a/b/c/z"], ["z", "a/zz"]],
  ["?.txt", ["a.txt"], ["ab.txt", ".txt"]],
  ["[a-c].txt", ["b.txt"], ["d.txt"]],
  ["[^a-c].txt", ["d.txt"], ["b.txt"]],
  ["docker-compose*.yml", ["docker-compose.yml", "docker-compose.dev.yml"], ["docker_compose.yml"]],
  ["[a\\-c]?x-y", ["-bx-y", "cbx-y"], ["bbx-y", "abxy"]],
  ["bin/", ["bin", "bin/x"], ["sub/bin"]],
  ["./x", ["x"], ["a/x"]],
  ["../x", [], ["x"]],
  ["a//b/../c", ["a/c"], ["a/b"]],
  ["  spaced  ", ["spaced"], []],
  ["#comment", [], ["#comment"]],
  ["\\#hash", ["#hash"], ["hash"]],
  ["c++", ["c++"], ["ccc"]],
  ["f(1).txt", ["f(1).txt"], ["f1.txt"]],
  ["a|b", ["a|b"], ["a", "b"]],
  ["$x.{1}", ["$x.{1}"], []],
  ["*\n!keep", ["x", "x/keep"], ["keep", "keep/a"]],
  ["*\n!src\nsrc/*.tmp", ["x", "src/a.tmp"], ["src", "src/a.go"]],
  ["!keep\n*", ["keep"], []],
  ["a\n!a/b", ["a", "a/c"], ["a/b"]],
  ["\uFEFFx", ["x"], []],
  ["x\r\ny\r\n", ["x", "y"], []],
  ["", [], ["x"]],
  ["foo\n!foo/x\nfo*", ["foo", "foo/y"], ["foo/x"]],
];

/** Files with a line that Docker refuses, and that line, from 1 on. */
export const refusedIgnoreFiles: readonly (readonly [file: string, line: number])[] = [
  ["a\n[x", 2],
  ["x\\", 1],
  ["!", 1],
];

/** Characters that stand for themselves in a pattern, whatever they are in a regular expression. */
export const literalCharacters: readonly string[] = [..."!\"#$%&'()+,-.:;<=>@^_`{|}~ 0aö"];
