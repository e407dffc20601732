import { imageNameBelow } from "../../model/stage/base-image.ts";
import { isOwn } from "../../model/stage/holding-stage.ts";
import { baseName, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { readProgram } from "../../syntax/program/program.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { stageRule } from "../rule.ts";

export const denoPermissionMissing = stageRule({
  id: "deno-permission-missing",
  title: "Server of Deno that may not listen",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`deno run\` without \`--allow-net\` as the start of a container whose script calls \`Deno.serve\` or \`Deno.listen\`, in exec
      form. The script is read in the build context.`,
    why: source`
      Deno gives a program no access to the network unless it is told to. Without a terminal it cannot ask either: "Requires net access to
      0.0.0.0:8000, run again with the --allow-net flag", and the container ends.`,
    context: { "main.ts": 'Deno.serve({ port: 8000 }, () => new Response("hello"));\n' },
    bad: source`
      FROM denoland/deno:2.5.6
      WORKDIR /app
      COPY main.ts ./
      CMD ["deno", "run", "main.ts"]
                   ^^^^^ deno-permission-missing: main.ts calls Deno.serve, which deno run refuses without --allow-net.`,
    good: source`
      FROM denoland/deno:2.5.6
      WORKDIR /app
      COPY main.ts ./
      CMD ["deno", "run", "--allow-net", "main.ts"]`,
  },

  check(stage, report) {
    if (!stage.isFinal) return;
    const words = startWords(stage);
    const [run, ...rest] = baseName(words[0]?.raw ?? "") === "deno" ? words.slice(1) : words;
    if (run?.raw !== "run") return;
    const at = rest.findIndex((it) => !it.raw.startsWith("-"));
    const script = rest[at];
    if (!script || !/\.(?:[cm]?[jt]s|[jt]sx)$/.test(script.raw)) return;
    if (rest.slice(0, at).some((it) => GRANTS.test(it.raw))) return;
    const { workdir } = stage.result;
    const path = resolvePath(workdir.known ? workdir.value : undefined, script.raw);
    const text = path === undefined ? undefined : originOf(path, stage)?.text;
    const called = /\bDeno\.(?:serve|listen)(?=\s*\()/.exec(
      text === undefined ? "" : readProgram(text, "javascript").bare,
    );
    if (!called) return;
    const holder = [stage.result.command, stage.result.entrypoint].flatMap((it) =>
      it.known && it.value?.words.includes(run) ? (it.value.instruction ?? []) : [],
    )[0];
    report(run.span, `${script.raw} calls ${called[0]}, which deno run refuses without --allow-net.`, {
      fixes:
        holder && isOwn(holder, stage)
          ? [{ kind: "unsafe", title: "Add --allow-net", edits: [insert(run.span.end, ', "--allow-net"')] }]
          : [],
    });
  },
});

/** `-A`, `-N`, `-P`, alone or with other letters, and options that name a file in which permissions may stand, or take a word that looks like a script. */
const GRANTS =
  /^(?:-[A-Za-z]*[ANPcL]|--(?:allow-all|allow-net|permission-set|config|import-map|lock|preload|cert|location)\b)/;

/** Of ENTRYPOINT and CMD in exec form, behind the entrypoint of Deno's own image, which puts `deno` in front of what is no program (denoland/deno_docker, read 2026-11). */
function startWords(stage: Stage): readonly Word[] {
  const { entrypoint, command } = stage.result;
  const own = entrypoint.known && entrypoint.value?.instruction ? entrypoint.value : undefined;
  const after = command.known ? command.value : undefined;
  if (!own && imageNameBelow(stage)?.name !== "denoland/deno") return [];
  if ([own, after].some((it) => it && it.form !== "exec")) return [];
  return [...(own?.words ?? []), ...(after?.words ?? [])];
}
