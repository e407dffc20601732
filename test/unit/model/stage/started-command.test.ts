import { expect, test } from "vitest";
import { startedCommand } from "../../../../server/src/model/stage/started/started-command.ts";
import { contextOf, modelOf } from "../../../support/model.ts";

function startedBy(lines: string, files: Readonly<Record<string, string>> = {}) {
  const model = modelOf(lines, { context: contextOf(files) });
  const found = model.finalStage && startedCommand(model.finalStage);
  if (!found) return undefined;
  const { program, words, assignments } = found;
  const line = [program, ...words].map((it) => it.text).join(" ");
  return [...[...assignments].map(([name, value]) => `${name}=${value}`), line].join(" ");
}

const node = "FROM node:24-alpine\n";

test.each([
  ['CMD ["/usr/bin/tini", "--", "node", "server.js"]', "node server.js"],
  ["CMD node server.js", "node server.js"],
  ["CMD mkdir -p /data && PORT=80 exec node server.js", "PORT=80 node server.js"],
  ['ENTRYPOINT ["env", "PORT=80", "node"]\nCMD ["server.js"]', "PORT=80 node server.js"],
  ['CMD ["sh", "-c", "A=1 sh -c \\"B=2 node x.js\\""]', "A=1 B=2 node x.js"],
  ['CMD ["./wait-for-it.sh", "db:5432", "-t", "30", "--", "node", "server.js"]', "node server.js"],
  ['CMD ["npm", "start", "--", "--port", "80"]', "vite preview --port 80"],
  ['CMD ["python", "-m", "http.server", "8000"]', "http.server 8000"],
])("%s starts %s", (lines, expected) => {
  const files = { "package.json": '{"scripts":{"start":"vite preview"}}' };
  expect(startedBy(`${node}WORKDIR /srv\nCOPY package.json ./\n${lines}\n`, files)).toBe(expected);
});

test.each([
  ['CMD ["env", "PORT=80"]', "no program"],
  ['CMD ["sh", "start.sh"]', "a script in a file"],
  ["CMD node a.js & node b.js", "several programs"],
  ["CMD node a.js || node b.js", "a condition"],
  ['CMD ["npm", "run", "nothing"]', "a script that is not there"],
  ['ENTRYPOINT ["/srv/start"]\nCMD node a.js', "an entrypoint that gets a script"],
  ["CMD $SERVER a.js", "a variable"],
])("%s is not certain: %s", (lines) => {
  expect(startedBy(`${node}${lines}\n`, { "package.json": '{"scripts":{}}' })).toBeUndefined();
});
