import { removeEntry } from "../../model/compose/edit/remove-entry.ts";
import type { Mismatch } from "../../model/compose/specification/mismatches.ts";
import { composeShape } from "../../model/compose/specification/root.ts";
import { service } from "../../model/compose/specification/service.ts";
import type { MappingShape } from "../../model/compose/specification/shape.ts";
import { shapeAt } from "../../model/compose/specification/shape-at.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { contentSpan } from "../../syntax/compose/scalar-span.ts";
import type { ComposeFile, MappingEntry } from "../../syntax/compose/tree.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { textOf } from "../../text/span.ts";
import { composeRule, type Fix } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { singular } from "../writing/compose/specification-words.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const unknownKey = composeRule({
  id: "unknown-key",
  title: "Key that Compose does not know",
  severity: "error",
  tags: ["build"],
  aliases: ["invalid-schema"],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a key that the Compose specification does not have at its place. Keys that start with \`x-\` are the user's own,
      and so are the names of services, volumes and the like.`,
    why: source`
      Compose refuses the whole file, and starts none of its services: "additional properties not allowed".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          enviroment:
          ^^^^^^^^^^ unknown-key: \`enviroment\` is no key of a service; did you mean environment?
            LOG_LEVEL: info
          replicas: 2
          ^^^^^^^^ unknown-key: \`replicas\` is no key of a service; it stands under deploy.`,
    good: source`
      x-owner: team-a
      services:
        api:
          image: example/api:1.4
          environment:
            LOG_LEVEL: info
          deploy:
            replicas: 2`,
  },

  check(project, report) {
    const once = reportOnce(report);
    if (!hasKnownKey(project.file)) {
      const first = firstService(project.file);
      if (first) once(first.key.span, "Services stand under `services`: this is how Compose 1 read files.");
      return;
    }
    for (const mismatch of project.mismatches) {
      if (mismatch.kind !== "unknown-key") continue;
      const { key } = mismatch.entry;
      // Text of several lines is no key at all, and that is said of it already.
      if (textOf(project.file.text, key.span).includes("\n")) continue;
      const near = nearestName(key.value, Object.keys(mismatch.shape.keys));
      const where = near === undefined ? placeOf(mismatch) : undefined;
      const message = `\`${key.value}\` is no key of ${ownerOf(mismatch)}${where === undefined ? didYouMean(near) : `${where}.`}`;
      once(key.span, message, { fixes: fixesOf(project.file, mismatch, near) });
    }
  },
});

/** Without one, the file has its name only by chance, or is older than `services`. */
function hasKnownKey({ root }: ComposeFile): boolean {
  const keys = composeShape.mapping?.keys ?? {};
  const isKnown = (name: string) =>
    Object.hasOwn(keys, name) || nearestName(name, ["services"]) !== undefined;
  return root?.entries.some((it) => isKnown(it.key.value)) ?? false;
}

function firstService({ root }: ComposeFile): MappingEntry | undefined {
  const isService = ({ value }: MappingEntry) => entryAt(value, "image") ?? entryAt(value, "build");
  return root?.entries.every(isService) ? root.entries[0] : undefined;
}

type UnknownKey = Extract<Mismatch, { kind: "unknown-key" }>;

function fixesOf(
  file: ComposeFile,
  { entry, mapping, shape }: UnknownKey,
  near: string | undefined,
): readonly Fix[] {
  const { key } = entry;
  const isFree = near !== undefined && !mapping.entries.some((it) => it.key.value === near);
  // A fragment for several services is one of a service all the same.
  const fits = isFree && (!key.viaAlias || shape === service.mapping);
  const edits = key.viaAlias || mapping.viaAlias ? undefined : removeEntry(file, mapping, entry);
  return [
    ...(fits
      ? replaceName(file, { value: key.value, span: contentSpan(file.text, key) ?? key.span }, near, "safe")
      : []),
    ...(edits ? [{ kind: "unsafe", title: `Remove ${key.value}`, edits } as const] : []),
  ];
}

/** `a service`, `\`build\``, `an entry of \`ports\`` or `the file`. */
function ownerOf({ path }: UnknownKey): string {
  const owner = path.at(-2);
  if (owner === undefined) return "a Compose file";
  if (typeof owner === "number") return `an entry of \`${path.at(-3)}\``;
  const section = path.at(-3);
  return path.length === 3 && typeof section === "string" ? `a ${singular(section)}` : `\`${owner}\``;
}

/** Where the key is at home, when it is near: below, or a service's that stands at the top. */
function placeOf({ path, shape }: UnknownKey): string | undefined {
  const name = String(path.at(-1));
  if (path.length === 1 && Object.hasOwn(service.mapping?.keys ?? {}, name))
    return "; it belongs to a service";
  const below = pathTo(name, shape, 2);
  if (below) return `; it stands under ${below.join(".")}`;
  const above = shapeAt(path.slice(0, -2))?.mapping;
  return above && Object.hasOwn(above.keys, name) ? `; it belongs one level further out` : undefined;
}

function pathTo(name: string, { keys }: MappingShape, depth: number): readonly string[] | undefined {
  if (depth === 0) return undefined;
  const below = Object.entries(keys).flatMap(([key, { shape }]) =>
    shape.mapping ? [{ key, shape: shape.mapping }] : [],
  );
  const direct = below.filter(({ shape }) => Object.hasOwn(shape.keys, name));
  // What several have is at home in none of them.
  if (direct.length > 0) return direct.length === 1 ? [direct[0]?.key ?? ""] : undefined;
  for (const { key, shape } of below) {
    const deeper = pathTo(name, shape, depth - 1);
    if (deeper) return [key, ...deeper];
  }
  return undefined;
}
