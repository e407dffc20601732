import { expect, test } from "vitest";
import { completeCompose } from "../../../server/src/features/completion/compose.ts";
import { hoverCompose } from "../../../server/src/features/hover/compose.ts";
import { checkCompose } from "../../../server/src/rules/check.ts";
import { source } from "../../../server/src/text/source.ts";
import { composeOf } from "../../support/compose.ts";

/** Every object of JavaScript has these; a table that is asked for one must not answer with it. */
test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
  "%s is a name like any other",
  (name) => {
    const text = source`
    name: NAME
    NAME:
      NAME: NAME
    services:
      NAME:
        NAME: NAME
        image: alpine
        environment:
          NAME: NAME
          A: \${NAME}
        depends_on:
          b:
            NAME: NAME
        deploy:
          NAME: NAME
        healthcheck:
          NAME: NAME
      b:
        image: postgres:17
        environment:
          - NAME=
    networks:
      NAME:
        NAME: NAME
  `.replaceAll("NAME", name);
    const project = composeOf(text);
    const failures: unknown[] = [];
    checkCompose(project, { onFailure: (it) => failures.push(it) });
    expect(failures).toEqual([]);
    for (let offset = 0; offset <= text.length; offset++) {
      expect(Array.isArray(completeCompose(project, offset))).toBe(true);
      expect(hoverCompose(project, offset, () => "")?.markdown ?? "").not.toContain("[native code]");
    }
  },
);
