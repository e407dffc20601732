import { appendEntry } from "../../../model/compose/edit/append-entry.ts";
import type { NewEntry } from "../../../model/compose/edit/new-entry.ts";
import type { ComposeProject, Service } from "../../../model/compose/project.ts";
import type { TextEdit } from "../../../text/edit.ts";

/** Adds a health check with this test, which is YAML, to a service; undefined where the service cannot be written to. */
export function addHealthcheck(
  { file }: ComposeProject,
  { node }: Service,
  test: string,
): readonly TextEdit[] | undefined {
  return node && appendEntry(file, node, healthcheckEntry(test));
}

/** Asked often, since others wait for the answer, and for long enough for a first start. */
function healthcheckEntry(test: string): NewEntry {
  return {
    key: "healthcheck",
    value: [
      { key: "test", value: test },
      { key: "interval", value: "5s" },
      { key: "timeout", value: "5s" },
      { key: "retries", value: "10" },
    ],
  };
}
