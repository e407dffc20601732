import { resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { startedCommand } from "../../../model/stage/started/started-command.ts";
import { originOf } from "../files/file-origin.ts";

/** Does the script that is started, as it stands in the build context, read PORT? */
export function readsPort(stage: Stage): boolean {
  const started = startedCommand(stage);
  const { workdir } = stage.result;
  for (const { text } of started?.words ?? []) {
    const path = /\.(js|mjs|cjs|ts|py|rb)$/.test(text ?? "")
      ? resolvePath(workdir.known ? workdir.value : undefined, text ?? "")
      : undefined;
    const source = path === undefined ? undefined : originOf(path, stage)?.text;
    if (
      source !== undefined &&
      /\bprocess\.env\.PORT\b|(environ|getenv|ENV)[^\n]{0,20}["']PORT["']/.test(source)
    )
      return true;
  }
  return false;
}
