import type { ComposeProject, Mount } from "../../model/compose/project.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { ScalarNode } from "../../syntax/compose/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const volumeTakenForDrive = composeRule({
  id: "volume-taken-for-drive",
  title: "Volume of one letter, which Compose takes for a drive",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a volume whose declared name is one letter where the short form mounts it: \`d:/data\`.`,
    why: source`
      Compose takes a letter and a colon for a drive of Windows, so \`d:/data\` is one path, of a volume without a name. The engine refuses
      the container, "mount path must be absolute", and \`docker compose config\` finds nothing wrong. In the long form the name is a name.`,
    bad: source`
      services:
        web:
          image: example/web:1.4
          volumes:
            - d:/data
              ^^^^^^^ volume-taken-for-drive: Compose takes d: for a drive of Windows, so the volume d is not mounted.
      volumes:
        d:`,
    good: source`
      services:
        web:
          image: example/web:1.4
          volumes:
            - data:/data
            - { type: volume, source: d, target: /more }
      volumes:
        data:
        d:`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { mounts, node } of project.services.values())
      for (const mount of mounts) {
        const name = driveOf(mount);
        if (name === undefined || !project.volumes.has(name)) continue;
        const item = itemsOf(valueAt(node, "volumes")).find(
          ({ span }) => span.start <= mount.span.start && mount.span.end <= span.end,
        );
        once(
          mount.span,
          `Compose takes ${name}: for a drive of Windows, so the volume ${name} is not mounted.`,
          { fixes: item?.kind === "scalar" ? inLongForm(item, project) : [] },
        );
      }
  },
});

/**
 * The letter before the colon. With options behind it the path is the source, and `ro` the target (compose-go format/volume.go,
 * `isWindowsDrive`; docker compose 2.40.3 asked 2026-11).
 */
function driveOf({ kind, source: from, target }: Mount): string | undefined {
  const isSource = kind === "bind" && from !== undefined && !/^(?:[a-zA-Z]:)?[\\/]/.test(target.value);
  const path = kind === "anonymous" ? target : isSource ? from : undefined;
  return /^([a-zA-Z]):\//.exec(path?.value ?? "")?.[1];
}

function inLongForm(item: ScalarNode, { file }: ComposeProject): readonly Fix[] {
  const [, name = "", target = "", options = ""] =
    /^([a-zA-Z]):(\/[\w./-]+)(?::(\w*))?$/.exec(item.value) ?? [];
  const more = OPTIONS[options];
  if (item.viaAlias || target === "" || more === undefined) return [];
  // In JSON every key stands in quotes.
  const isJson = /^\s*\{/.test(file.text);
  const text = isJson
    ? `{ "type": "volume", "source": "${name}", "target": "${target}"${more.replace(/\w+(?=:)/g, '"$&"')} }`
    : `{ type: volume, source: ${NOT_TEXT.test(name) ? `"${name}"` : name}, target: ${target}${more} }`;
  return [{ kind: "safe", title: "Mount it in the long form", edits: [replace(item.span, text)] }];
}

const OPTIONS: Readonly<Record<string, string>> = {
  "": "",
  rw: "",
  ro: ", read_only: true",
  nocopy: ", volume: { nocopy: true }",
};

/** `y` and `n` are no texts to readers of YAML 1.1. */
const NOT_TEXT = /^[yn]$/i;
