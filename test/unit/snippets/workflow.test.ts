import { describe, expect, test } from "vitest";
import { parseCompose } from "../../../server/src/syntax/compose/parse.ts";
import type { YamlNode } from "../../../server/src/syntax/compose/tree.ts";
import { expandSnippet, snippetsOf } from "../../support/snippets.ts";

interface Step {
  readonly uses: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

/** Scalars as they are written. */
function plain(node: YamlNode | undefined): unknown {
  if (node?.kind === "mapping")
    return Object.fromEntries(node.entries.map((it) => [it.key.value, plain(it.value)]));
  return node?.kind === "sequence" ? node.items.map(plain) : node?.value;
}

describe.each(snippetsOf("workflow"))("$name", ({ body }) => {
  const file = parseCompose(expandSnippet(body));
  const workflow = plain(file.root) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((it) => it.steps);
  const uses = (action: string) => steps.filter((it) => it.uses.startsWith(`${action}@`));

  test("is YAML, and may only read where a job does not ask for more", () => {
    expect(file.problems).toEqual([]);
    expect(workflow.permissions).toEqual({ contents: "read" });
  });

  test("names a version of each action", () => {
    for (const it of steps) expect(it.uses).toMatch(/^[\w-]+\/[\w/-]+@v\d+(\.\d+\.\d+)?$/);
  });

  test("builds with the cache, scans what it built, and pushes after the scan only", () => {
    const [build, push] = uses("docker/build-push-action");
    const [scan] = uses("anchore/scan-action");
    expect(build?.with).toMatchObject({
      load: "true",
      "cache-from": "type=gha",
      "cache-to": "type=gha,mode=max",
    });
    expect(scan?.with).toMatchObject({ image: build?.with?.["tags"], "fail-build": "true" });
    expect(push?.with).toMatchObject({ push: "true", context: build?.with?.["context"] });
    expect(push?.if).toBe("github.event_name == 'push'");
    const order = [build, scan, push].map((it) => (it ? steps.indexOf(it) : -1));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
});
