import { endpointsOf } from "../../model/compose/hosts/endpoints.ts";
import { notedOnService } from "../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../model/compose/servers/known-server.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { entryPlace, reportEntry } from "../writing/compose/entry-place.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const replicaSetUnknown = composeRule({
  id: "replica-set-unknown",
  title: "Replica set that MongoDB is not started with",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`replicaSet=\` in an address of MongoDB when the service that it names runs the official image without \`--replSet\`, or with
      another name. Nothing is said where a configuration, a script or an entrypoint of one's own may say it.`,
    why: source`
      The driver waits for a member of that set and takes no other server for one: each query ends after 30 seconds with "server selection
      timed out", though the server is up.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            MONGO_URL: mongodb://mongo:27017/app?replicaSet=rs0
                                                            ^^^ replica-set-unknown: mongo is started without --replSet, so it is in no replica set.
            LOG_URL: mongodb://logs:27017/app?replicaSet=rs0
                                                         ^^^ replica-set-unknown: logs is in the replica set main, and in none with the name rs0.
        mongo:
          image: mongo:8
        logs:
          image: mongo:8
          command: ["--replSet", "main", "--bind_ip_all"]`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            MONGO_URL: mongodb://mongo:27017/app?replicaSet=rs0
        mongo:
          image: mongo:8
          command: ["--replSet", "rs0", "--bind_ip_all"]`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const endpoint of endpointsOf(project)) {
      const own = replicaSetOf(endpoint.to);
      const written = own === undefined ? undefined : endpoint.written;
      if (own === undefined || !written) continue;
      const { value: text } = written.value;
      const match = /^mongodb:.*[?&]replicaSet=([^&#\s]+)/i.exec(text);
      const name = match?.[1];
      if (!match || name === undefined || name.includes(HOLE) || name === own) continue;
      if (/directConnection=true/i.test(text)) continue;
      const end = match.index + match[0].length;
      const place = entryPlace(project, written.entry, end - name.length, end);
      if (!place) continue;
      const service = endpoint.to.name.value;
      const message =
        own === ""
          ? `${service} is started without --replSet, so it is in no replica set.`
          : `${service} is in the replica set ${own}, and in none with the name ${name}.`;
      reportEntry(once, place, message, {
        related: [
          {
            message: `The service ${service} is here.`,
            span: (endpoint.to.command ?? endpoint.to.name).span,
          },
        ],
        fixes:
          own === ""
            ? []
            : place.fix("unsafe", `Replace ${name} with ${own}`, {
                start: end - name.length,
                end,
                text: own,
              }),
      });
    }
  },
});

/** As `--replSet` of `mongod` says (MongoDB's manual, as generally known); empty where there certainly is none, undefined where that is not known. */
const replicaSetOf = notedOnService((service): string | undefined => {
  const { command, entrypoint, imageBuild, complete, environmentComplete } = service;
  const server = serverOf(service);
  if (server?.title !== "MongoDB" || !isOfficial(server, service)) return undefined;
  if (imageBuild || entrypoint || !complete || !environmentComplete) return undefined;
  if (!command) return "";
  const words = command.words ?? [HOLE];
  const [first = ""] = words;
  if (!/^(?:-|mongod$)/.test(first)) return undefined;
  if (words.some((it) => it.includes(HOLE) || /^(?:--config|-f)\b/.test(it))) return undefined;
  const at = words.findIndex((it) => /^--?replSet(?:=|$)/.test(it));
  return at < 0 ? "" : (/=(.*)$/.exec(words[at] ?? "")?.[1] ?? words[at + 1]);
});
