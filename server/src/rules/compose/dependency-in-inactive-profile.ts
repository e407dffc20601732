import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import { linkedServices } from "../../model/compose/named-services.ts";
import type { ComposeProject, Dependency, Service } from "../../model/compose/project.ts";
import { entryAt, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { setInEnvFile } from "../knowledge/compose/set-in-env-file.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const dependencyInInactiveProfile = composeRule({
  id: "dependency-in-inactive-profile",
  title: "Dependency that another profile starts",
  severity: "error",
  tags: ["run"],
  aliases: ["S62"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "services",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a dependency on a service with \`profiles\`, by \`depends_on\`, \`links\`, \`volumes_from\` or a shared network, from a service that is started without them: it has no profile, or
      \`COMPOSE_PROFILES\` in \`.env\` switches one of its own on. It is a warning where the service has all profiles of the dependency and
      more, so that one of those alone starts it without the other. Nothing is said when \`required: false\` allows for that, when
      \`COMPOSE_PROFILES\` switches the profile of the dependency on, or when whoever starts the service names a profile anyway.`,
    why: source`
      The one service is started while the profile of the other is off, and Compose refuses the project then: the service that
      it depends on is not there.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on: [mail]
                       ^^^^ dependency-in-inactive-profile: mail is started with the profile debug only, and api without it.
        mail:
          image: axllent/mailpit:v1.27
          profiles: [debug]`,
    good: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            mail:
              condition: service_started
              required: false
        mail:
          image: axllent/mailpit:v1.27
          profiles: [debug]`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    // Where none is asked for, Compose starts what has the empty profile, too (docker compose 2.40.3, 2026-11).
    const asked = project.variables("COMPOSE_PROFILES");
    if (asked === undefined && project.hasEnvFile && setInEnvFile(project)("COMPOSE_PROFILES")) return;
    const active = (asked ?? "").split(",").map((it) => it.trim());
    const isOn = (profiles: readonly string[]) => active.some((it) => it === "*" || profiles.includes(it));
    for (const service of project.services.values()) {
      const own = service.profiles.map((it) => it.value);
      const isStarted = own.length === 0 || isOn(own);
      // Both profiles may be named when it is started, unless that of the other starts both.
      if (!isStarted && own.length < 2) continue;
      const needed = [
        ...service.dependsOn.filter((it) => it.required).map((it) => ({ at: it.service, dependency: it })),
        ...linkedServices(project, service).map((at) => ({ at, dependency: undefined })),
      ];
      for (const { at, dependency } of needed) {
        const other = project.services.get(at.value);
        if (!other?.complete || !service.complete || other.profiles.length === 0) continue;
        if (!areKnown(other, project) || !areKnown(service, project)) continue;
        const profiles = other.profiles.map((it) => it.value);
        if (isOn(profiles)) continue;
        const name = other.name.value;
        if (own.some((it) => profiles.includes(it))) {
          const alone = own.filter((it) => !profiles.includes(it));
          // One of its own may be named beside such a profile.
          if (alone.length === 0 || !profiles.every((it) => own.includes(it))) continue;
          const message = `With the profile ${alone.join(" or ")} alone ${service.name.value} is started and ${name} is not, which Compose refuses.`;
          once(at.span, message, {
            severity: "warning",
            related: other.profiles.map((it) => ({
              message: `${name} has the profile here.`,
              span: it.span,
            })),
            fixes: dependency ? allowMissing(project, service, dependency) : [],
          });
          continue;
        }
        if (!isStarted) continue;
        const many = profiles.length > 1 ? "profiles" : "profile";
        const message = `${name} is started with the ${many} ${profiles.join(", ")} only, and ${service.name.value} without it.`;
        once(at.span, message, {
          related: other.profiles.map((it) => ({ message: `${name} has the profile here.`, span: it.span })),
          fixes: [
            ...(dependency ? allowMissing(project, service, dependency) : []),
            ...sameProfile(project, service, profiles),
          ],
        });
      }
    }
  },
});

/** Without a variable among them. */
function areKnown({ profiles }: Service, { file }: ComposeProject): boolean {
  return profiles.every((it) => !file.text.slice(it.span.start, it.span.end).includes("$"));
}

function allowMissing(
  { file }: ComposeProject,
  { node }: Service,
  { form, shared, service }: Dependency,
): readonly Fix[] {
  if (form !== "long" || shared) return [];
  const name = service.value;
  const entry = entryAt(valueAt(node, "depends_on"), name)?.value;
  if (entry?.kind !== "mapping" || entryAt(entry, "required")) return [];
  const edits = appendEntry(file, entry, { key: "required", value: "false" });
  return edits ? [{ kind: "unsafe", title: `Go on without ${name} when its profile is off`, edits }] : [];
}

function sameProfile(
  { file }: ComposeProject,
  { node, name, profiles }: Service,
  wanted: readonly string[],
): readonly Fix[] {
  const isPlain = wanted.every((it) => /^[a-zA-Z][\w.-]*$/.test(it));
  const edits =
    node && profiles.length === 0 && isPlain
      ? appendEntry(file, node, { key: "profiles", value: `[${wanted.join(", ")}]` })
      : undefined;
  return edits
    ? [{ kind: "unsafe", title: `Start ${name.value} with ${wanted.join(", ")} only`, edits }]
    : [];
}
