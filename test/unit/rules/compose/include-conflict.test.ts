// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { expect, test } from "vitest";
import { includeConflict as rule } from "../../../../server/src/rules/compose/include-conflict.ts";
import { source } from "../../../../server/src/text/source.ts";
import { expectComposeProblems, foundInCompose, reportsInCompose } from "../../../support/compose.ts";

/** Two included files with a service each, the body of which is given in flow style. */
const twoServices = (one: string, other: string, more: Readonly<Record<string, string>> = {}) => ({
  files: { "a.yaml": `services: {s: ${one}}\n`, "b.yaml": `services: {s: ${other}}\n`, ...more },
});

const both = "include: [a.yaml, b.yaml]\n";

/** What is said of the two, `silent` where nothing is. */
function verdictOn(one: string, other: string, more: Readonly<Record<string, string>> = {}): string {
  const [problem] = foundInCompose(rule, both, twoServices(one, other, more));
  return problem?.message.replace("The service s of b.yaml is declared in a.yaml too, ", "") ?? "silent";
}

test("two included files, and both places", () => {
  const around = {
    files: { "a.yaml": "services: {s: {image: a}}\n", "b.yaml": "services: {s: {image: b}}\n" },
  };
  reportsInCompose(rule, around)`
    include:
      - a.yaml
      - path: b.yaml
        ^^^^^^^^^^^^ include-conflict: The service s of b.yaml is declared in a.yaml too, with another \`image\`.
  `;
  const [problem] = foundInCompose(rule, both, around);
  expect(problem?.related).toEqual([
    { message: "It is declared here.", span: { start: 11, end: 12 }, file: "/project/a.yaml" },
    { message: "It is declared here.", span: { start: 11, end: 12 }, file: "/project/b.yaml" },
  ]);
});

test("the file itself, for each kind of resource", () => {
  const files = {
    "a.yaml": source`
      services: {s: {image: a}}
      networks: {n: {driver: bridge}}
      volumes: {v: {}}
      secrets: {p: {environment: A}}
      configs: {c: {content: A}}
      models: {m: {model: ai/a}}
    `,
  };
  const text = source`
    include: [a.yaml]
    services: {s: {image: a}}
    networks: {n: {driver: overlay}}
    volumes: {v: }
    secrets: {p: {environment: B}}
    configs: {c: {content: B}}
    models: {m: {model: ai/b}}
  `;
  const problems = foundInCompose(rule, text, { files });
  const declared = (kind: string, name: string) =>
    `The ${kind} ${name} of a.yaml is declared in compose.yaml too, `;
  expect(problems.map((it) => it.message)).toEqual([
    `${declared("volume", "v")}once with nothing behind it, and once with something.`,
    `${declared("network", "n")}with another \`driver\`.`,
    `${declared("secret", "p")}with another \`environment\`.`,
    `${declared("config", "c")}with another \`content\`.`,
    `${declared("model", "m")}with another \`model\`.`,
  ]);
  expect(problems[0]?.related[0]).toEqual({
    message: "It is declared here.",
    span: { start: text.indexOf("v:"), end: text.indexOf("v:") + 1 },
  });
});

test("of an included file that includes two: where that is included", () => {
  const files = {
    "a.yaml": "include: [b.yaml]\nservices: {s: {image: a}}\n",
    "b.yaml": "services: {s: {image: b}}\n",
  };
  reportsInCompose(rule, { files })`
    include: [a.yaml]
              ^^^^^^ include-conflict: In a.yaml, which this brings in: The service s of b.yaml is declared in a.yaml too, with another \`image\`.
  `;
});

test("one file that is brought in twice", () => {
  const files = { "a.yaml": 'services: {s: {image: "a:${V}"}}\n', "x.env": "V=1\n", "y.env": "V=2\n" };
  reportsInCompose(rule, { files })`
    include:
      - {path: a.yaml, env_file: x.env}
      - {path: a.yaml, env_file: y.env}
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ include-conflict: a.yaml is brought in twice, its service s each time with another \`image\`.
  `;
  expectComposeProblems(rule, "include: [a.yaml, a.yaml]\n", { files });
});

// Each was asked of docker compose 2.40.3, which takes what is silent but for the last one.
test.each([
  ["{image: a}", "{image: a}", "silent"],
  ["{image: a, user: b}", "{user: b, image: a}", "silent"],
  ["{image: a, environment: {A: b}}", "{image: a, environment: [A=b]}", "with another `environment`."],
  [
    "{image: a, extra_hosts: [h:1.1.1.1]}",
    "{image: a, extra_hosts: [i:1.1.1.1]}",
    "with another `extra_hosts`.",
  ],
  ["{image: a, ports: ['80:80', '81:81']}", "{image: a, ports: ['81:81', '80:80']}", "with another `ports`."],
  ["{image: a, ports: ['80:80/tcp']}", "{image: a, ports: ['80:80']}", "silent"],
  ["{image: a, ports: ['80-81:80-81']}", "{image: a, ports: ['80:80', '81:81']}", "silent"],
  ["{image: a, ports: [80]}", "{image: a, ports: ['80']}", "silent"],
  ["{image: a, volumes: ['./x:/x']}", "{image: a, volumes: ['././x:/x/']}", "silent"],
  ["{image: a, volumes: ['./x:/x:rw']}", "{image: a, volumes: ['./x:/x']}", "silent"],
  ["{image: a, volumes: ['./x:/x']}", "{image: a, volumes: ['./y:/x']}", "with another `volumes`."],
  ["{image: a, volumes: ['~/x:/x']}", "{image: a, volumes: ['/home/x:/x']}", "silent"],
  [
    "{image: a, volumes: ['./x:/x']}",
    "{image: a, volumes: [{type: bind, source: ./x, target: /x}]}",
    "silent",
  ],
  ["{image: a, dns: 1.1.1.1}", "{image: a, dns: [1.1.1.1]}", "silent"],
  ["{image: a, secrets: [p]}", "{image: a, secrets: [{source: p}]}", "silent"],
  ["{build: ./x}", "{build: {context: x/}}", "silent"],
  ["{build: .}", "{build: {context: ., dockerfile: Dockerfile}}", "with another `build.dockerfile`."],
  ["{image: a, env_file: ./e.env}", "{image: a, env_file: [e.env]}", "silent"],
  ["{image: a, privileged: true}", "{image: a, privileged: 'True'}", "silent"],
  ["{image: a, privileged: false}", "{image: a}", "with another `privileged`."],
  ["{image: a, command: []}", "{image: a, command: }", "with another `command`."],
  ["{image: a, depends_on: [t]}", "{image: a, depends_on: {t: {condition: service_started}}}", "silent"],
  ["{image: a, networks: {n: {}}}", "{image: a, networks: {n: }}", "with another `networks.n`."],
  [
    "{image: a, healthcheck: {interval: 60s}}",
    "{image: a, healthcheck: {interval: 1m}}",
    "with another `healthcheck.interval`.",
  ],
  ["{image: a, environment: {A: 1.0}}", "{image: a, environment: {A: 1.00}}", "silent"],
  ["{image: a, environment: {A: 1}}", "{image: a, environment: {A: '1'}}", "with another `environment.A`."],
  ["{image: a, command: run it}", "{image: a, command: [run, it]}", "with another `command`."],
  ["{image: a, environment: [A=b, C=d]}", "{image: a, environment: [C=d, A=b]}", "silent"],
])("%s beside %s: %s", (one, other, said) => {
  expect(verdictOn(one, other)).toBe(said);
  expect(verdictOn(other, one)).toBe(said);
});

test("silent where a variable decides", () => {
  const open = "{image: 'a:${TAG}'}";
  expect(verdictOn(open, "{image: a:1}")).toBe("silent");
  expect(verdictOn(open, "{image: a:1}", { ".env": "TAG=2\n" })).toBe("with another `image`.");
  expect(verdictOn(open, "{image: a:1}", { ".env": "TAG=1\n" })).toBe("silent");
  expect(verdictOn("{image: 'a:${TAG}', user: x}", "{image: a:1, user: y}")).toBe("with another `user`.");
  const { files } = twoServices("{image: a}", "{image: b}");
  expectComposeProblems(rule, 'include: ["${FIRST:-a.yaml}", b.yaml]\n', { files });
});

test("silent for what an override file changes, and lists of files behind one path", () => {
  const { files } = twoServices("{image: a}", "{image: b}");
  expectComposeProblems(rule, "include: [a.yaml]\n", {
    files: { ...files, "compose.override.yaml": "services: {s: {image: b}}\n" },
  });
  expectComposeProblems(rule, "include: [{path: [a.yaml, b.yaml]}]\n", { files });
});
