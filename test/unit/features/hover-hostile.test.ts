import { describe, expect, test } from "vitest";
import { hoverCompose } from "../../../server/src/features/hover/compose.ts";
import { hoverDockerfile } from "../../../server/src/features/hover/dockerfile.ts";
import { composeOf } from "../../support/compose.ts";
import { modelOf } from "../../support/model.ts";

/** Whoever looks at a hover with a picture has it fetched, and its server learns of that. */
const picture = "![x](https://example.com/x.png)";

/** Names and values that a file may have; the last is for texts in double quotes of YAML. */
const names: Readonly<Record<string, string>> = {
  "a picture": picture,
  "a picture behind a backtick": `\`${picture}`,
};
const texts = { ...names, "a picture behind a blank line": `a\\n\\n${picture}` };

const dockerfile = (evil: string): string => `# plimsoll: max-size=${evil}
ARG ${evil}=1
FROM ${evil} AS ${evil}
ENV A=${evil} ${evil}=1 B=$A
ARG C=${evil}
RUN echo $C $B $A
FROM alpine:3.24 AS a${evil}
USER ${evil}
WORKDIR /${evil}
EXPOSE ${evil}
ENTRYPOINT ["${evil}"]
CMD ${evil}
# plimsoll: max-size=${evil}
FROM a${evil} AS b${evil}
COPY --from=a${evil} a b ${evil}
COPY --chown=${evil} <<E /${evil}/
E
RUN --mount=type=cache,id=${evil},target=/${evil} true
`;

const compose = (evil: string): string => `x-a: &anchor
  b: |
    \`\`\`
    ${picture}
services:
  "${evil}":
    image: "${evil}"
    environment:
      "${evil}": "${evil} \${A:-${evil}}"
      A: "\${A:?${evil}}\${B:+${evil}}"
    networks: ["${evil}"]
    secrets: ["${evil}"]
    profiles: ["${evil}"]
    env_file: "${evil}"
    volumes:
      - "${evil}:/a"
      - { type: volume, source: "${evil}", target: "/${evil}" }
    depends_on: ["${evil}"]
    healthcheck: { test: ["CMD", "${evil}"] }
  b:
    <<: *anchor
    build: { context: ., target: "${evil}", dockerfile: "${evil}" }
    network_mode: "service:${evil}"
    depends_on: { "${evil}": { condition: "${evil}" } }
    volumes: ["${evil}:/a"]
networks: { "${evil}": {} }
volumes: { "${evil}": {} }
secrets: { "${evil}": { file: "${evil}" } }
`;

/** What a reader of Markdown takes for it: code is none, nor what is escaped. */
function meant(markdown: string): string {
  return markdown
    .replaceAll(/^(`{3,})\w*(?:\n(?!\1$).*)*\n\1$/gm, "")
    .split(/\n\s*\n|\n(?=- )/)
    .map((it) => it.replaceAll(/(?<![`\\])(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "").replaceAll(/\\./g, ""))
    .join("\n\n");
}

const holdsMarkup = /\]\(|<\w/;

/** The hovers of a text in which something is Markdown that Plimsoll did not write. */
function hostile(text: string, hoverAt: (offset: number) => string | undefined): readonly string[] {
  const hovers = new Set(Array.from(text, (_, at) => hoverAt(at) ?? ""));
  // Else nothing would be held.
  expect(hovers.size).toBeGreaterThan(8);
  return [...hovers].filter((it) => holdsMarkup.test(meant(it)));
}

test("a picture that is written without care would be found", () => {
  expect(meant(`**${picture}**`)).toMatch(holdsMarkup);
  expect(meant(`\`\`${picture}\``)).toMatch(holdsMarkup);
  expect(meant(`\`a\n\n${picture}\``)).toMatch(holdsMarkup);
  expect(meant(`\`\`\`yaml\n\`\`\`\n${picture}\n\`\`\``)).toMatch(holdsMarkup);
  expect(meant(`\`${picture}\` !\\[x\\](y) \`\` \`${picture} \`\``)).not.toMatch(holdsMarkup);
});

describe("no hover shows as Markdown what a file holds", () => {
  test.each(Object.entries(names))("%s in a Dockerfile", (_, evil) => {
    const text = dockerfile(evil);
    const model = modelOf(text);
    expect(hostile(text, (at) => hoverDockerfile(model, at)?.markdown)).toEqual([]);
  });

  test.each(Object.entries(texts))("%s in a Compose file", (_, evil) => {
    const text = compose(evil);
    const around = {
      dockerfiles: { [evil]: dockerfile(picture) },
      files: { [evil]: `${picture}=1\nA=1\n` },
    };
    const project = composeOf(text, around);
    expect(hostile(text, (at) => hoverCompose(project, at)?.markdown)).toEqual([]);
  });
});
