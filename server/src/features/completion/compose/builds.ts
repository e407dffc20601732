import { shownValue } from "../../knowledge/shown-value.ts";
import { stageSummary, stageTitle } from "../../stage-text.ts";
import { globalArguments } from "../../variables.ts";
import { usersAt } from "../users.ts";
import type { Asked, KeyProposal, Proposal } from "./asked.ts";

/** Stages of the Dockerfile, each with what it is. */
export function targets({ service }: Asked): readonly Proposal[] {
  const stages = service?.build?.model?.stages ?? [];
  return stages.flatMap((it) =>
    it.name === undefined
      ? []
      : [
          {
            label: it.name,
            kind: "stage" as const,
            detail: stageTitle(it) + (it.isFinal ? ", the last one" : ""),
            documentation: stageSummary(it),
            rank: it.index,
          },
        ],
  );
}

/** Arguments that the Dockerfile declares, with their defaults; those that are given left out. */
export function buildArguments({ service, cursor }: Asked): readonly KeyProposal[] {
  const model = service?.build?.model;
  if (!model) return [];
  const given = new Set([...cursor.keys, ...cursor.items.map((it) => it.replace(/=.*$/s, ""))]);
  const found = new Map<string, string | undefined>();
  for (const { name, value } of globalArguments(model)) found.set(name, value);
  const needed = new Set<string>();
  for (const stage of model.stages)
    for (const { name, pairs } of stage.instructions)
      if (name === "ARG")
        for (const pair of pairs) {
          const value = pair.value?.raw ?? found.get(pair.name.raw);
          found.set(pair.name.raw, value);
          if (value === undefined) needed.add(pair.name.raw);
        }
  return [...found]
    .filter(([name]) => !given.has(name))
    .map(([label, value]) => ({
      label,
      kind: "variable",
      detail:
        value === undefined
          ? "ARG of the Dockerfile, without a default"
          : `ARG of the Dockerfile, ${shownValue(label, value)} when not given`,
      rank: needed.has(label) ? 0 : 1,
      behind: { kind: "value" },
    }));
}

/** Users of the image or of the stage that is built. */
export function users({ service }: Asked): readonly Proposal[] {
  const { stage, model } = service?.imageBuild ?? {};
  const found =
    stage && model
      ? usersAt(model, (stage.instructions.at(-1) ?? stage.from).span.end)
      : Object.entries(service?.imageFacts?.users ?? {}).map(([value, id]) => ({
          value,
          summary: `user ${id} of ${service?.image?.value.text ?? "the image"}`,
        }));
  const usual = service?.imageFacts?.defaultUser;
  return [
    ...found
      .filter(({ value }) => found.length <= MOST_USERS || !systemUsers.has(value))
      .map(({ value, summary }) => ({
        label: value,
        kind: "value" as const,
        detail: summary,
        rank: value === usual || value === "root" ? 2 : systemUsers.has(value) ? 3 : 0,
      })),
    { label: "1000:1000", kind: "value", detail: "mostly the first user of a machine", rank: 1 },
  ];
}

const MOST_USERS = 12;
const systemUsers: ReadonlySet<string> = new Set(
  "daemon bin sys sync games man lp mail news uucp proxy backup list irc _apt nobody adm shutdown halt operator cron ftp sshd at squid xfs cyrus vpopmail ntp smmsp guest postmaster utmp".split(
    " ",
  ),
);

/** Folder that the stage's programs start in. */
export function workdirs({ service }: Asked): readonly Proposal[] {
  const folder = service?.imageBuild?.stage?.result.workdir;
  const path = folder?.known ? folder.value : service?.imageFacts?.workdir;
  return path === undefined || path === "/"
    ? []
    : [{ label: path, kind: "folder", detail: "WORKDIR of the image", rank: 0 }];
}
