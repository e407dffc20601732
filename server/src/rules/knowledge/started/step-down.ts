import { baseName, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { textOf } from "../../../text/span.ts";

/** Programs made to give up root before they start another one. */
const TOOLS = ["gosu", "su-exec"];

/** What a script may give up root with: those, tools of the system, and other scripts. */
const STEPS =
  /\b(gosu|su-exec|setpriv|runuser|s6-setuidgid|setuidgid|sudo|su|chpst|capsh|chroot|supervisord)\b|\.sh\b|^\s*(source|\.)\s/m;

/** Does what the container starts give root up later, or may it? Only `no` when that is certain. */
export function mayStepDown(stage: Stage): boolean {
  const { result } = stage;
  if (TOOLS.some((it) => result.hasTool(it).is === "yes")) return true;
  if (result.files.some((it) => TOOLS.includes(baseName(it.path)))) return true;
  if (isDatabase(stage) && result.entrypoint.known && result.entrypoint.value?.instruction === undefined)
    return true;
  const settings = [result.entrypoint, result.command].flatMap((it) =>
    it.known && it.value ? [it.value] : [],
  );
  const words = settings.flatMap((it) => it.words);
  // s6 and systemd start services as users of their own.
  if (/^(\/s6)?(\/[a-z/]+)?\/(init|systemd)$/.test(words[0]?.raw ?? "")) return true;
  const program = words.find((it) => !/^(-.*|dumb-init|tini|exec)$/.test(baseName(it.raw)));
  if (DAEMONS.test(program?.raw ?? "")) return true;
  if (words.some((it) => /\b(gosu|su-exec|setpriv|runuser|setuidgid)\b/.test(it.raw))) return true;
  const own = settings.filter((it) => it.instruction !== undefined).flatMap((it) => it.words);
  // `tini -- /entrypoint.sh`: the script stands behind what starts it.
  const script = own.flatMap((it) => it.raw.split(/\s+/)).find((it) => SCRIPT.test(it));
  return script !== undefined && scriptMayStepDown(script, stage);
}

/** They start others as whoever these are meant to be, which takes root. */
const DAEMONS = /^(\/usr\/s?bin\/|\/s?bin\/)?(sshd|crond?|atd|dockerd)$/;

/** A name that a script has; of other programs it is not asked what they do. */
const SCRIPT = /\.(sh|bash)$|(^|[/_-])entry-?point$/;

/** What is written in the file says it; where that cannot be read, whether there is something to do it with. */
function scriptMayStepDown(script: string, stage: Stage): boolean {
  const { result } = stage;
  const text = scriptText(script, stage);
  if (text !== undefined) return STEPS.test(text);
  return [...TOOLS, "setpriv", "runuser", "su"].some((it) => result.hasTool(it).is !== "no");
}

/** The text of a script that a COPY of this stage took from the context or from a here-document. */
function scriptText(script: string, { instructions, model, result }: Stage): string | undefined {
  const path = resolvePath(result.workdir.known ? result.workdir.value : undefined, script);
  const copy = path === undefined ? undefined : result.fileAt(path)?.writtenBy;
  if (copy?.name !== "COPY" || !instructions.includes(copy)) return undefined;
  if (copy.hereDocuments.length > 0) return textOf(model.file.text, copy.span);
  if (copy.flags.some((it) => it.name === "from")) return undefined;
  const sources = copy.words.slice(0, -1).map((it) => it.raw);
  const source = sources.length === 1 ? sources[0] : sources.find((it) => baseName(it) === baseName(script));
  return source === undefined ? undefined : model.inputs.context?.read(source.replace(/^\.?\//, ""));
}

function isDatabase({ bottom: { base } }: Stage): boolean {
  return base.kind === "image" && base.facts.known && base.facts.value.role === "database";
}
