import { knownAt } from "../../model/compose/known-at.ts";
import { type ComposeProject, notedOnService, type Placed } from "../../model/compose/project.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { nearestAmong } from "../writing/nearest-among.ts";
import { replaceName } from "../writing/replace-name.ts";
import { reportOnce } from "../writing/report-once.ts";
import { andNear } from "../writing/undeclared-name.ts";

export const unknownService = composeRule({
  id: "unknown-service",
  title: "Dependency on a service that is not there",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a name in \`depends_on\`, \`links\`, \`volumes_from\`, and in \`service:…\` of \`network_mode\`, \`ipc\`, \`pid\` and
      \`additional_contexts\`, that no service has; \`required: false\` allows for services that are not started, not for such a
      name. The project is all
      files that Compose reads together: with a default name, the override file, what \`COMPOSE_FILE\` of \`.env\` lists, what
      they include and extend. Nothing is said when one of them is not known: is missing or fetched, cannot be read, or is chosen
      by a variable that only the shell knows.`,
    why: source`
      Compose refuses the whole project and starts none of its services: "depends on undefined service".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            - databse
              ^^^^^^^ unknown-service: There is no service databse; database is near.
        database:
          image: example/database:2.1`,
    good: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            - database
        database:
          image: example/database:2.1`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    const nearest = nearestAmong(project.services.keys());
    for (const it of project.services.values()) {
      if (namesOfServices(it, project).every((name) => project.services.has(name))) continue;
      const { dependsOn, node: service } = it;
      for (const names of [dependsOn.map((it) => it.service), otherUses(project, service)])
        for (const name of names) {
          if (project.services.has(name.value)) continue;
          const near = nearest(name.value);
          // A second entry of one name is refused, too.
          const isThere = names.some((it) => it.value === near);
          once(name.span, `There is no service ${name.value}${andNear(near)}.`, {
            fixes: near === undefined || isThere ? [] : replaceName(project.file, name, near, "safe"),
          });
        }
    }
  },
});

function contextsOf(service: YamlNode | undefined): readonly (YamlNode | undefined)[] {
  const contexts = valueAt(valueAt(service, "build"), "additional_contexts");
  return contexts?.kind === "mapping" ? contexts.entries.map((it) => it.value) : itemsOf(contexts);
}

/** What may be no service's. */
const namesOfServices = notedOnService(({ dependsOn, node }, project: ComposeProject): readonly string[] => [
  ...dependsOn.map((it) => it.service.value),
  ...otherUses(project, node).map((it) => it.value),
]);

/** What else names a service (compose-go types/project.go and dependencies of a service, tried with Compose 2.40, 2026-11). */
function otherUses(project: ComposeProject, service: YamlNode | undefined): readonly Placed<string>[] {
  const uses: readonly (readonly [use: YamlNode | undefined, name: RegExp])[] = [
    ...itemsOf(valueAt(service, "links")).map((it) => [it, /^([^:]+)(?::.*)?$/d] as const),
    ...itemsOf(valueAt(service, "volumes_from")).map(
      (it) => [it, /^(?!container:)([^:]+)(?::.*)?$/d] as const,
    ),
    ...["network_mode", "ipc", "pid"].map((it) => [valueAt(service, it), /^service:(.+)$/d] as const),
    ...contextsOf(service).map((it) => [it, /^(?:[^=]*=)?service:(.+)$/d] as const),
  ];
  return uses.flatMap(([node, pattern]) => {
    const text = knownAt(project, node);
    const match = text && pattern.exec(text.value);
    const [, name] = match ?? [];
    const [start] = match?.indices?.[1] ?? [];
    if (!text || name === undefined || start === undefined) return [];
    const isWritten = text.node.value === text.value;
    const span = isWritten
      ? spanInside(project.file.text, text.node, start, start + name.length)
      : text.node.span;
    return [{ value: name, span }];
  });
}
