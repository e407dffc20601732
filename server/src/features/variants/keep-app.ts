import type { Stage } from "../../model/stage/stage.ts";
import { partsOf, splitStage } from "../../rules/writing/multi-stage/split-stage.ts";
import type { TextEdit } from "../../text/edit.ts";

/** Programs that write into the project's own folder, and nowhere else that counts when it runs. */
const IN_FOLDER = /^(npm|npx|yarn|pnpm|node|rm|mkdir|chown|chmod|echo|true)$/;

/**
 * Makes a builder of a final stage that installs the packages of a Node project, and a stage on `image` that takes the whole
 * working directory from it: for an image that nothing can be run in. Undefined where RUNs do more than that.
 */
export function keepAppFolder(stage: Stage, image: string): readonly TextEdit[] | undefined {
  const parts = partsOf(stage);
  const { workdir } = stage.result;
  if (!parts || !workdir.known || workdir.value === "/") return undefined;
  const runs = parts.head.filter((it) => it.name === "RUN");
  const isInFolder = runs.every((run) =>
    (stage.commandsOf(run)?.commands ?? []).every((it) => IN_FOLDER.test(it.name?.literal ?? "")),
  );
  const isGlobal = runs.some((it) => /\s(-g|--global)\b/.test(it.body.text));
  if (!isInFolder || isGlobal || parts.head.some((it) => it.name === "ADD")) return undefined;
  // What is copied elsewhere would stay behind.
  const isElsewhere = parts.head.some(
    (it) =>
      it.name === "COPY" &&
      (it.words.at(-1)?.raw.startsWith("/") ?? false) &&
      !it.words.at(-1)?.raw.startsWith(workdir.value),
  );
  if (isElsewhere || parts.head.some((it) => it.name === "WORKDIR" && !stage.after(it).workdir.known))
    return undefined;
  const user = parts.head.findLast((it) => it.name === "USER");
  return splitStage(stage, parts, {
    image,
    environment: parts.head.filter((it) => it.name === "ENV"),
    setup: [],
    workdir: workdir.value,
    artefacts: [{ from: workdir.value, to: workdir.value }],
    repeated: user ? [user] : [],
    user: undefined,
    edits: [],
  });
}
