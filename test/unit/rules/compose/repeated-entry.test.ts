import { describe, expect, test } from "vitest";
import { repeatedEntry } from "../../../../server/src/rules/compose/repeated-entry.ts";
import { offeredInCompose, reportsInCompose } from "../../../support/compose.ts";

const reports = reportsInCompose(repeatedEntry);

describe("lists without repetition", () => {
  test("tell of the second one", () => {
    reports`
      services:
        api:
          image: x
          depends_on: [db, cache, db]
                                  ^^ repeated-entry: db is already in this list.
          networks:
            - front
            - front
              ^^^^^ repeated-entry: front is already in this list.
        db: {image: y}
        cache: {image: z}
      networks: {front: }`;
  });

  test("silent where repetition is fine", () => {
    reports`
      services:
        api:
          image: x
          command: [a, a]
          cap_add: [A, A]
          profiles: [p, p]
          dns: [1.1.1.1, 1.1.1.1]`;
  });

  test("has no fix", () => {
    expect(offeredInCompose(repeatedEntry)`
      services:
        api: {image: x, security_opt: [a, a]}
    `).toEqual([[]]);
  });
});
