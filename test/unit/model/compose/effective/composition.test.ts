import { describe, expect, test } from "vitest";
import answers from "../../../../fixtures/compose/project-answers.json" with { type: "json" };
import { canonical, canonicalAnswer } from "../../../../support/compose/canonical-project.ts";
import { composeProjects, projectOf } from "../../../../support/compose/compose-projects.ts";

/** `test/engine/compose-projects.test.ts` holds the record to the Compose that is installed. */
const recorded: Readonly<Record<string, unknown>> = answers;

describe("files make the project that docker compose makes of them", () => {
  test.each(composeProjects())("$name", ({ name, files }) => {
    const project = projectOf(files);
    expect(project.problems).toEqual([]);
    expect(canonical(project, files)).toEqual(canonicalAnswer(recorded[name]));
  });
});
