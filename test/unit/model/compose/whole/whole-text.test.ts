// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { expect, test } from "vitest";
import { wholeText } from "../../../../../server/src/model/compose/whole/whole-text.ts";
import { canonical } from "../../../../support/compose/canonical-project.ts";
import { composeProjects, projectOf } from "../../../../support/compose/compose-projects.ts";

/** Without what rules do not look at: extensions, and the condition that nobody wrote. */
function plain(project: unknown): unknown {
  return JSON.parse(JSON.stringify(project), (key, value) =>
    key.startsWith("x-") || (key === "condition" && value === "service_started") ? undefined : value,
  );
}

/** A default with a dollar of its own is left open, and what is behind it is lost. */
const projects = composeProjects().filter((it) => it.name !== "interpolation");

test.each(projects)(
  "$name: the files as one mean the same, and each line is written somewhere",
  ({ files }) => {
    const project = projectOf(files);
    const { text = "", lines = [] } = wholeText(project) ?? {};
    const others = Object.entries(files).filter(([path]) => !/\.ya?ml$/.test(path));
    const asOne = {
      ...Object.fromEntries(others),
      "compose.yaml": text,
      ".env": files[".env"]?.replace(/^COMPOSE_FILE=.*$/m, "") ?? "",
    };
    const again = projectOf(asOne, "compose.yaml");
    expect(again.problems, text).toEqual([]);
    expect(plain(canonical(again, asOne)), text).toEqual(plain(canonical(project, files)));
    for (const { start, keyEnd, key, origin } of lines) {
      const { text: written } = origin.source.file;
      expect(origin.span.end).toBeLessThanOrEqual(written.length);
      expect(text.slice(start, keyEnd).trim().replace(/^- /, "")).toBe(
        key === undefined ? "-" : JSON.stringify(key),
      );
    }
  },
);

test("what the shell may decide stays open, with what is likely behind it", () => {
  const text = wholeText(
    projectOf({
      "compose.yaml":
        "services:\n  a:\n    image: a:${TAG:-1}\n    user: $ME\n    command: [echo, $$HOME, '${SET}', '${TO:-${FROM}}']\n",
      "compose.override.yaml": "services: {a: {working_dir: '${X:+/x}', stdin_open: true, scale: 2}}\n",
      ".env": "SET=set\nFROM=from\n",
    }),
  )?.text;
  expect(text).toBe(`"services":
  "a":
    "image": "a:\${PLIMSOLL_NOT_KNOWN:-1}"
    "user": "\${PLIMSOLL_NOT_KNOWN}"
    "command":
      - "echo"
      - "$$HOME"
      - "set"
      - "\${PLIMSOLL_NOT_KNOWN:-from}"
    "working_dir": "\${PLIMSOLL_NOT_KNOWN}"
    "stdin_open": true
    "scale": 2
`);
});

test("what says the same millions of times is no project", () => {
  const levels = Array.from({ length: 9 }, (_, at) => `x-${at + 1}: &a${at + 1} [${`*a${at},`.repeat(10)}]`);
  const bomb = `x-0: &a0 [x]\n${levels.join("\n")}\nservices: {a: {image: a, command: *a9}}\n`;
  const text = wholeText(
    projectOf({ "compose.yaml": bomb, "compose.override.yaml": "services: {a: {user: u}}" }),
  );
  expect(text === undefined || text.lines.length < 200_000).toBe(true);
});
