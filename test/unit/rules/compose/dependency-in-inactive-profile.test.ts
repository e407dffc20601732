import { expect, test } from "vitest";
import { dependencyInInactiveProfile as rule } from "../../../../server/src/rules/compose/dependency-in-inactive-profile.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where both are started together", () => {
  expectComposeProblems(
    rule,
    "services:\n  a: {image: a, depends_on: [b]}\n  b: {image: b, profiles: [x]}\n",
    { env: { COMPOSE_PROFILES: "y,x" } },
  );
  reportsInCompose(rule, { env: { COMPOSE_PROFILES: "one" } })`
    services:
      a: {image: a, profiles: [one, two], depends_on: [b, c, d]}
                                                       ^ dependency-in-inactive-profile: With the profile one alone a is started and b is not, which Compose refuses.
                                                          ^ dependency-in-inactive-profile: c is started with the profile three only, and a without it.
      b: {image: b, profiles: [two]}
      c: {image: c, profiles: [three]}
      d: {image: d}
      e: {image: e, profiles: ["\${PROFILE:-x}"]}
      f: {image: f, depends_on: [e]}
  `;
});

test("whoever asks for the profile of a service may ask for that of its dependency, too", () => {
  const text = `services:
  search: {image: a, profiles: [search]}
  dashboard: {image: b, profiles: [dashboard], depends_on: [search]}
`;
  expectComposeProblems(rule, text);
  expectComposeProblems(rule, text, { env: { COMPOSE_PROFILES: "search" } });
});

test("the dependency may be missing, or the service waits for the profile", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        depends_on:
          b:
            condition: service_started # later
      b: {image: b, profiles: [x]}
    ->
    services:
      a:
        image: a
        depends_on:
          b:
            condition: service_started # later
            required: false
      b: {image: b, profiles: [x]}
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, depends_on: [b]}
      b: {image: b, profiles: [x]}
  `).toEqual([["Start a with x only"]]);
});

test("the empty profile is on where none is asked for", () => {
  reportsInCompose(rule)`
    services:
      api: {image: x, depends_on: [db]}
      db: {image: y, profiles: ["", postgres]}
  `;
  reportsInCompose(rule, { env: { COMPOSE_PROFILES: "mysql" } })`
    services:
      api: {image: x, depends_on: [db]}
                                   ^^ dependency-in-inactive-profile
      db: {image: y, profiles: ["", postgres]}
  `;
});

test("by links, volumes and namespaces of others", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, network_mode: "service:vpn"}
                                           ^^^ dependency-in-inactive-profile: vpn is started with the profile x only, and a without it.
      b: {image: a, volumes_from: ["vpn:ro"]}
                                    ^^^ dependency-in-inactive-profile
      c: {image: a, profiles: [x], links: [vpn]}
      vpn: {image: a, profiles: [x]}
  `;
});

test("a profile more than the dependency has, which starts the one alone", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, profiles: [dev, test], depends_on: [b]}
                                                        ^ dependency-in-inactive-profile: With the profile test alone a is started and b is not, which Compose refuses.
      b: {image: b, profiles: [dev]}
      c: {image: c, profiles: [app, all], depends_on: [d]}
      d: {image: d, profiles: [infra, all]}
      e: {image: e, profiles: [x], depends_on: [f, g]}
      f: {image: f, profiles: [x, y]}
      g: {image: g, profiles: [x]}
      h: {image: h, profiles: [dev, test], depends_on: {b: {condition: service_started, required: false}}}
  `;
  reportsInCompose(rule, { env: { COMPOSE_PROFILES: "dev" } })`
    services:
      a: {image: a, profiles: [dev, test], depends_on: [b]}
      b: {image: b, profiles: [dev]}
  `;
});
