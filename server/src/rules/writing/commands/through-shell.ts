import type { Stage } from "../../../model/stage/stage.ts";
import { replace } from "../../../text/edit.ts";
import type { ExecForm } from "../../knowledge/started/exec-words.ts";
import type { Fix } from "../../rule.ts";
import { holdsComment } from "../dockerfile/lines.ts";
import { execForm } from "./exec-form.ts";

/**
 * Has a shell expand words of exec form and hand over to the program, where the image has one. `written`: each word as it stands on
 * the shell's line.
 */
export function throughShell(
  { command, words }: ExecForm,
  stage: Stage,
  written: (raw: string) => string,
): Fix[] {
  const state = command.name === "RUN" ? stage.before(command) : stage.result;
  const span = command.rest.spanOf(0, command.rest.text.length);
  if (state.hasTool("/bin/sh").is === "no" || state.hasShell.is !== "yes") return [];
  if (holdsComment(stage.model.file, span)) return [];
  const line = words.map((it) => written(it.raw));
  // What comes behind an entrypoint is handed on.
  const handed = command.name === "ENTRYPOINT" ? [' "$@"', "sh"] : ["", ""];
  const exec = [`exec ${line.join(" ")}${handed[0]}`, handed[1] ?? ""].filter((it) => it !== "");
  return [
    {
      kind: "unsafe",
      title: "Let a shell expand it and hand over",
      edits: [replace(span, execForm(["/bin/sh", "-c", ...exec]))],
    },
  ];
}
