import { describe, expect, test } from "vitest";
import { unknownKey } from "../../../../server/src/rules/compose/unknown-key.ts";
import { fixesInCompose, offeredInCompose, reportsInCompose } from "../../../support/compose.ts";

const reports = reportsInCompose(unknownKey);
const fixes = fixesInCompose(unknownKey, "safe");
const offered = offeredInCompose(unknownKey);

describe("a key that is not in the specification", () => {
  test("not text of several lines, of which the reader says that it is none", () => {
    reports`
      services:
        api:
          image: x
      <% if (kafka) { %>
      more: {}
    `;
  });

  test("at the top, in a service, below it and in an entry of a list", () => {
    reports`
      servces: {}
      ^^^^^^^ unknown-key: \`servces\` is no key of a Compose file; did you mean services?
      services:
        api:
          image: x
          build:
            contxt: .
            ^^^^^^ unknown-key: \`contxt\` is no key of \`build\`; did you mean context?
          ports:
            - target: 80
              publishd: 8080
              ^^^^^^^^ unknown-key: \`publishd\` is no key of an entry of \`ports\`; did you mean published?
      volumes:
        data:
          drivr: local
          ^^^^^ unknown-key: \`drivr\` is no key of a volume; did you mean driver?`;
  });

  test("in further documents of the file, which are layers over the first", () => {
    reports`
      services:
        api: {image: x}
      ---
      services:
        api:
          imag: x
          ^^^^ unknown-key: \`imag\` is no key of a service; did you mean image?
      ---
      servces: {}
      ^^^^^^^ unknown-key: \`servces\` is no key of a Compose file; did you mean services?
    `;
  });

  test("that is at home elsewhere", () => {
    reports`
      ports: []
      ^^^^^ unknown-key: \`ports\` is no key of a Compose file; it belongs to a service.
      services:
        api:
          image: x
          interval: 5s
          ^^^^^^^^ unknown-key: \`interval\` is no key of a service; it stands under healthcheck.
          deploy:
            privileged: true
            ^^^^^^^^^^ unknown-key: \`privileged\` is no key of \`deploy\`; it belongs one level further out.`;
  });
});

test("a file of Compose 1 is told once", () => {
  reports`
    web:
    ^^^ unknown-key: Services stand under \`services\`: this is how Compose 1 read files.
      image: x
      links: [db]
    db:
      build: .`;
});

describe("silent", () => {
  test("for a file that is something else with such a name", () => {
    reports`
      kind: compose
      config: {integrate: true}
      variables: [a]`;
  });

  test("for what is the user's own", () => {
    reports`
      x-common: {anything: [at, all]}
      services:
        x-files:
          image: x
          x-owner: me
          labels: {whatever: it}
          environment: {NAME: value}
          sysctls: {net.core.somaxconn: 1024}
          logging: {driver: json-file, options: {max-size: 10m, x: y}}
          storage_opt: {size: 1G}
          ulimits: {nofile: {soft: 1, hard: 2}}
      networks:
        front: {driver_opts: {com.docker.network.bridge.name: br0}}`;
  });
});

describe("fix", () => {
  test("takes what is near, quoted keys too", () => {
    fixes`
      services:
        api:
          image: x
          "enviroment": {A: b}
      ->
      services:
        api:
          image: x
          "environment": {A: b}
    `;
  });

  test("not where that is there already, or shared by an alias", () => {
    expect(offered`
      services:
        api:
          image: x
          imag: y
    `).toEqual([["Remove imag"]]);
    expect(offered`
      x-c: &c {imag: y}
      services:
        api:
          <<: *c
          build: .
    `).toEqual([["Replace imag with image"]]);
  });
});
