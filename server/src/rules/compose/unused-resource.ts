import type { ResourceSection } from "../../model/compose/edit/declare-resource.ts";
import { removeEntry } from "../../model/compose/edit/remove-entry.ts";
import {
  type ComposeProject,
  type Mount,
  notedOnService,
  type Service,
} from "../../model/compose/project.ts";
import { entryAt, itemsOf, mappingAt, valueAt } from "../../syntax/compose/find.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";

export const unusedResource = composeRule({
  id: "unused-resource",
  title: "Volume, network, secret or config that no service uses",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["S96"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports an entry of the top-level \`volumes\`, \`networks\`, \`secrets\` or \`configs\` that no service of the project uses.
      Nothing is said when a part of the project is not known, or a service may use it by a variable.`,
    why: source`
      Compose ignores it. What is left over looks as if it were in use, and hides that a service has lost its volume.`,
    bad: source`
      services:
        db:
          image: postgres:18
          volumes:
            - data:/var/lib/postgresql
      volumes:
        data:
        cache:
        ^^^^^ unused-resource: No service uses the volume cache.`,
    good: source`
      services:
        db:
          image: postgres:18
          volumes:
            - data:/var/lib/postgresql
      volumes:
        data:`,
  },

  check(project, report) {
    if (!project.complete || project.services.size === 0) return;
    const services = [...project.services.values()];
    for (const { section, kind, uses } of kinds) {
      const used = new Set<string>();
      let isOpen = false;
      for (const service of services) {
        const names = uses(service);
        isOpen ||= names === undefined;
        for (const it of names ?? []) used.add(it);
      }
      if (isOpen) continue;
      const declared = [...project[section].keys()];
      const missing = [...used].filter((it) => !project[section].has(it)).slice(0, MOST_MISSING);
      const meant = new Set(missing.map((it) => nearestName(it, declared)));
      for (const { name } of project[section].values()) {
        if (used.has(name.value) || (section === "networks" && name.value === "default")) continue;
        // A slip of its name is told of where it is used.
        if (meant.has(name.value)) continue;
        report(name.span, `No service uses the ${kind} ${name.value}.`, {
          fixes: () => removal(project, section, name.value, kind),
        });
      }
    }
  },
});

/** More are no slips: they are declared in another file. */
const MOST_MISSING = 20;

interface Kind {
  readonly section: ResourceSection;
  readonly kind: string;
  /** Names that a service uses; undefined when one of them is not known. */
  uses(service: Service): readonly string[] | undefined;
}

const kinds: readonly Kind[] = [
  {
    section: "volumes",
    kind: "volume",
    uses: notedOnService(({ mounts, node }) =>
      mounts.some((it) => it.kind === "unknown") || itemsOf(valueAt(node, "volumes")).length > mounts.length
        ? undefined
        : mounts.flatMap((it) => (it.kind === "volume" ? (it.source?.value ?? []) : meantByLetter(it))),
    ),
  },
  {
    section: "networks",
    kind: "network",
    uses: notedOnService(({ networks, networksComplete }) =>
      networksComplete ? networks.map((it) => it.name.value) : undefined,
    ),
  },
  {
    section: "secrets",
    kind: "secret",
    uses: notedOnService(({ secrets, build, grantsComplete, node }) =>
      grantsComplete &&
      itemsOf(valueAt(valueAt(node, "build"), "secrets")).length <= (build?.secrets.length ?? 0)
        ? [...secrets, ...(build?.secrets ?? [])].map((it) => it.value)
        : undefined,
    ),
  },
  {
    section: "configs",
    kind: "config",
    uses: notedOnService(({ configs, grantsComplete }) =>
      grantsComplete ? configs.map((it) => it.value) : undefined,
    ),
  },
];

/** A volume of one letter in the short form, which Compose takes for a drive: it is told of where it is mounted. */
function meantByLetter({ source: from, target }: Mount): readonly string[] {
  return /^[a-zA-Z](?=:\/)/.exec((from ?? target).value)?.slice(0, 1) ?? [];
}

/** The last one of its section goes with the section. */
function removal(
  { file }: ComposeProject,
  section: ResourceSection,
  name: string,
  kind: string,
): readonly Fix[] {
  const entries = mappingAt(file.root, section);
  const entry = entryAt(entries, name);
  const whole = entryAt(file.root, section);
  if (!file.root || !entries || !entry || !whole) return [];
  const isLast = entries.entries.length === 1 && entries.merges.length === 0;
  const edits = isLast ? removeEntry(file, file.root, whole) : removeEntry(file, entries, entry);
  return edits ? [{ kind: "unsafe", title: `Remove the ${kind} ${name}`, edits }] : [];
}
