import { internalAlone } from "../../model/compose/hosts/internal-networks.ts";
import { runTogether } from "../../model/compose/profiles.ts";
import {
  type ComposeProject,
  notedOnService,
  notedOnServiceWith,
  type PortMapping,
  type Service,
} from "../../model/compose/project.ts";
import { usualPorts } from "../../model/compose/reading/usual-ports.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { setInEnvFile } from "../knowledge/compose/set-in-env-file.ts";
import { composeRule, type Fix } from "../rule.ts";
import { type OnceReport, reportOnce } from "../writing/compose/report-once.ts";

export const hostPortClash = composeRule({
  id: "host-port-clash",
  title: "Port of the host published twice",
  severity: "error",
  tags: ["run"],
  aliases: ["no-duplicate-exported-ports"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a port of the host that two services, or one service for two of its ports, publish on the same address and for the
      same protocol, ranges included. Services of different profiles need not run together and are left alone. Where it is so by the
      defaults of variables (\`\${PORT:-8080}:80\`) it is a warning, unless \`.env\` or an example of it sets one of them.`,
    why: source`
      The first container gets the port, the second does not start: "port is already allocated".`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          ports: ["8080:80"]
        api:
          image: example/api:1.4
          ports: ["8080:3000"]
                  ^^^^^^^^^^^ host-port-clash: web publishes port 8080 of the host already.`,
    good: source`
      services:
        web:
          image: nginx:1.30
          ports: ["8080:80"]
        api:
          image: example/api:1.4
          ports: ["8081:3000", "8080:3000/udp"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const uses = usesOf(project);
    let taken: ReadonlySet<number> | undefined;
    let inherited: ReadonlySet<number> | undefined;
    const byPort = new Map<string, Use[]>();
    for (const use of uses) {
      const found = clashOf(use, byPort);
      const mapping = found && mappingOf(use);
      const before = found && mappingOf(found.other);
      if (!mapping || !before) continue;
      taken ??= portsOf(uses);
      inherited ??= inheritedPlaces(uses);
      const message = `${found.other.service.name.value} publishes port ${found.port} of the host already.`;
      once(mapping.span, message, {
        related: [{ message: "It is published here first.", span: before.span }],
        // Another port would be that of all who inherit it.
        fixes: inherited.has(mapping.span.start) ? [] : nextFree(project, use, mapping, taken),
      });
    }
    checkUsual(project, byPort, once);
  },
});

/** Of ports that variables give, those that clash while the defaults count. */
function checkUsual(project: ComposeProject, byPort: Map<string, Use[]>, report: OnceReport): void {
  let isSet: ((name: string) => boolean) | undefined;
  for (const service of project.services.values()) {
    for (const { variables, ...published } of usuallyPublished(service, [], project)) {
      isSet ??= variablesSet(project);
      if (variables.some(isSet) || internalAlone(service, project).length > 0) continue;
      const use = { ...published, service };
      const found = clashOf(use, byPort);
      const mapping = found && mappingOf(use);
      const before = found && mappingOf(found.other);
      if (!mapping || !before) continue;
      const name = found.other.service.name.value;
      const message = `By default this is port ${found.port} of the host, which ${name} publishes already.`;
      report(mapping.span, message, {
        severity: "warning",
        related: [{ message: "It is published here first.", span: before.span }],
      });
    }
  }
}

interface UsuallyPublished extends Published {
  /** What it is made of. */
  readonly variables: readonly string[];
}

const usuallyPublished = notedOnServiceWith(
  (service: Service, project: ComposeProject): readonly UsuallyPublished[] => {
    if (service.networkMode || service.ports.every((it) => it.known)) return [];
    const usual = usualPorts(project, service);
    return service.ports.flatMap(({ span }, at) => {
      const mapping = usual.get(span.start);
      const published = mapping && publishedAs(mapping, at);
      const text = project.file.text.slice(span.start, span.end);
      const variables = [...text.matchAll(/\$\{?(\w+)/g)].flatMap(([, name]) => name ?? []);
      return published ? [{ ...published, variables }] : [];
    });
  },
);

/** Does `.env` set a variable, or a file beside it that shows what may stand in one? */
function variablesSet(project: ComposeProject): (name: string) => boolean {
  const { files } = project;
  const isInEnvFile = setInEnvFile(project);
  const names = (files.list?.(".") ?? []).filter((it) => /env/i.test(it) && files.kindOf(it) === "file");
  const examples = names.slice(0, MOST_EXAMPLES).map((it) => files.readFile(it) ?? "");
  return (name) => {
    const assignment = new RegExp(`^[ \\t#]*(?:export )?${name}[ \\t]*=`, "m");
    return isInEnvFile(name) || examples.some((it) => assignment.test(it));
  };
}

const MOST_EXAMPLES = 10;

/** The first of the uses so far that clashes with one, which is then one of them. */
function clashOf(
  use: Use,
  byPort: Map<string, Use[]>,
): { readonly other: Use; readonly port: number } | undefined {
  for (let port = use.first; port <= use.last; port++) {
    const key = `${port}/${use.protocol}`;
    const known = byPort.get(key) ?? [];
    const other = known.find((it) => clash(it, use));
    known.push(use);
    byPort.set(key, known);
    if (other) return { other, port };
  }
  return undefined;
}

interface Use extends Published {
  readonly service: Service;
}

/** What a service publishes, without its place. */
interface Published {
  /** Place in `ports`. */
  readonly at: number;
  readonly first: number;
  readonly last: number;
  readonly protocol: string;
  readonly hostAddress: string | undefined;
  readonly target: number;
}

/** Longer ranges are for one service alone, and each port of them costs a look. */
const LONGEST_RANGE = 1_000;

function usesOf(project: ComposeProject): readonly Use[] {
  const uses: Use[] = [];
  for (const service of project.services.values()) {
    const published = publishedBy(service);
    if (published.length === 0 || internalAlone(service, project).length > 0) continue;
    for (const it of published) uses.push({ ...it, service });
  }
  return uses;
}

const publishedBy = notedOnService(({ networkMode, ports }): readonly Published[] => {
  if (networkMode) return [];
  return ports.flatMap((mapping, at) => publishedAs(mapping, at) ?? []);
});

function publishedAs(mapping: PortMapping, at: number): Published | undefined {
  const { published, lastPublished, target, lastTarget, known, protocol, hostAddress } = mapping;
  if (!known || published === undefined || lastPublished === undefined || target === undefined)
    return undefined;
  const length = lastPublished - published;
  // Of a range for one port of the container the engine takes any that is free.
  if (length !== (lastTarget ?? target) - target || length > LONGEST_RANGE) return undefined;
  return { at, first: published, last: lastPublished, protocol, hostAddress, target };
}

function mappingOf({ service, at }: Use): PortMapping | undefined {
  return service.ports[at];
}

function portsOf(uses: readonly Use[]): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const { first, last } of uses) for (let port = first; port <= last; port++) ports.add(port);
  return ports;
}

/** Where mappings stand that several services have, by `extends`. */
function inheritedPlaces(uses: readonly Use[]): ReadonlySet<number> {
  const first = new Map<number, Service>();
  const several = new Set<number>();
  for (const use of uses) {
    const start = mappingOf(use)?.span.start;
    if (start === undefined) continue;
    const known = first.get(start);
    if (known === undefined) first.set(start, use.service);
    else if (known !== use.service) several.add(start);
  }
  return several;
}

function clash(one: Use, other: Use): boolean {
  if (!sameAddress(one.hostAddress, other.hostAddress)) return false;
  // Compose takes the same mapping twice for one.
  if (one.service === other.service) return one.target !== other.target;
  return runTogether(one.service, other.service);
}

function sameAddress(one: string | undefined, other: string | undefined): boolean {
  const everywhere = (it: string | undefined) => it === undefined || it === "0.0.0.0" || it === "::";
  return (
    one === other || (everywhere(one) && !other?.includes(":")) || (everywhere(other) && !one?.includes(":"))
  );
}

/** Whoever uses the port from outside has to know of the new one. */
function nextFree(
  { file }: ComposeProject,
  { first, last }: Use,
  { publishedText: text }: PortMapping,
  taken: ReadonlySet<number>,
): readonly Fix[] {
  if (!text || text.shared || first !== last) return [];
  const span = text.spanOf(0, text.value.length);
  if (file.text.slice(span.start, span.end) !== text.value) return [];
  let port = first + 1;
  while (taken.has(port)) port++;
  if (port > 65_535) return [];
  return [{ kind: "unsafe", title: `Publish it at port ${port}`, edits: [replace(span, String(port))] }];
}
