import { test } from "vitest";
import { unknownModel as rule } from "../../../../server/src/rules/compose/unknown-model.ts";
import { fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("silent where it is declared, or may be elsewhere", () => {
  reportsInCompose(rule)`
    services:
      a: {image: x, models: {llm: {endpoint_var: URL}}}
      b: {image: x, models: ["\${MODEL}"]}
    models: {llm: {model: ai/x}}
  `;
  reportsInCompose(rule, { alone: false })`
    services:
      a: {image: x, models: [llm]}
  `;
});

test("fix: what is near", () => {
  fixesInCompose(rule, "safe")`
    services:
      a: {image: x, models: {lllm: {endpoint_var: URL}}}
    models: {llm: {model: ai/x}}
    ->
    services:
      a: {image: x, models: {llm: {endpoint_var: URL}}}
    models: {llm: {model: ai/x}}
  `;
});
