import { isWithin, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { partsOf, splitStage } from "./split-stage.ts";
import { startedBy } from "./started-program.ts";

/**
 * Makes a builder and an image with ASP.NET's runtime of a stage that publishes a .NET program and starts it by
 * `dotnet x.dll`. Since .NET 8 the runtime's images have a user without rights, whose id APP_UID holds (dotnet-docker,
 * read 2026-11). Undefined where it is not certain what was published where.
 */
export function splitDotnetStage(stage: Stage): readonly TextEdit[] | undefined {
  const { base } = stage;
  const started = startedBy(stage);
  const parts = partsOf(stage);
  const { workdir } = stage.result;
  if (base.kind !== "image" || base.image.name !== "mcr.microsoft.com/dotnet/sdk" || !workdir.known)
    return undefined;
  const version = /^(\d+)\.0(?=-|$)/.exec(base.image.tag ?? "")?.[1];
  if (version === undefined || Number(version) < 8 || !parts || base.image.digest !== undefined)
    return undefined;
  if (
    started?.program !== "dotnet" ||
    !started.instruction.exec ||
    // A volume would belong to root, and the user without rights could not write to it.
    stage.instructions.some((it) => it.name === "USER" || it.name === "VOLUME")
  )
    return undefined;
  // The last RUN publishes: what a later one does may be needed.
  const output = publishedTo(parts.end, stage);
  const program = resolvePath(workdir.value, started.words?.[1] ?? "");
  if (output === undefined || !program?.endsWith(".dll") || !isWithin(program, output)) return undefined;
  const before = stage.before(parts.end).workdir;
  if (!before.known || isWithin(before.value, output)) return undefined;
  if (parts.tail.some((it) => it.name === "HEALTHCHECK" || it.flags.some((flag) => flag.name === "chown")))
    return undefined;
  const hasWorkdir = parts.tail.some((it) => it.name === "WORKDIR");
  return splitStage(stage, parts, {
    image: `mcr.microsoft.com/dotnet/aspnet:${base.image.tag}`,
    setup: [],
    workdir: hasWorkdir || workdir.value === "/" ? undefined : workdir.value,
    artefacts: [{ from: output, to: output }],
    repeated: parts.head.filter(
      (it) => it.name === "ENV" && !it.pairs.every((pair) => /^(NUGET|DOTNET_CLI|PATH)/.test(pair.name.raw)),
    ),
    user: "$APP_UID",
    edits: [],
  });
}

/** The folder of the one `dotnet publish -o …` of a RUN. */
function publishedTo(run: Instruction, stage: Stage): string | undefined {
  const commands = stage.commandsOf(run)?.commands ?? [];
  const { workdir } = stage.before(run);
  const publish = commands.at(-1);
  const words = publish?.arguments ?? [];
  if (publish?.name?.literal !== "dotnet" || words[0]?.literal !== "publish") return undefined;
  if (commands.some((it) => it.name?.literal !== "dotnet")) return undefined;
  const at = words.findIndex((it) => /^(-o|--output)$/.test(it.literal ?? ""));
  const output = at < 0 ? undefined : words[at + 1]?.literal;
  // What is published for itself alone needs no runtime, and names a platform.
  if (words.some((it) => /self-contained|SelfContained|PublishAot|^-r$|--runtime/.test(it.raw)))
    return undefined;
  return output === undefined ? undefined : resolvePath(workdir.known ? workdir.value : undefined, output);
}
