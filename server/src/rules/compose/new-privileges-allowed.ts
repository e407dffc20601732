import { appendItem } from "../../model/compose/edit/append-item.ts";
import { type ComposeProject, notedOnService, type Service } from "../../model/compose/project.ts";
import { extendedBy } from "../../model/compose/reading/inherit.ts";
import { entryAt, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { isPrivileged } from "../knowledge/compose/host-access.ts";
import { composeRule, type Fix } from "../rule.ts";

export const newPrivilegesAllowed = composeRule({
  id: "new-privileges-allowed",
  title: "Service whose programs may gain more rights",
  severity: "hint",
  tags: ["security"],
  aliases: ["no-new-privileges"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: false,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a service without \`no-new-privileges\` in \`security_opt\`. Runs only when asked for. Privileged services are left
      to \`privileged-service\`.`,
    why: source`
      With it a program cannot become root through one with the setuid bit, such as \`su\` or \`sudo\`, whatever the image brings.
      It does not keep an entrypoint that starts as root from stepping down to another user.`,
    bad: source`
      services:
        api:
        ^^^ new-privileges-allowed: Programs of api may gain rights through setuid files.
          image: example/api:1.4`,
    good: source`
      services:
        api:
          image: example/api:1.4
          security_opt: ["no-new-privileges:true"]`,
  },

  check(project, report) {
    if (!project.complete) return;
    const allowing = [...project.services.values()].filter((it) => allows(it));
    if (allowing.length === 0) return;
    const extended = new Set([...project.services.values()].map((it) => extendedBy(it)));
    for (const service of allowing) {
      const { name } = service;
      report(name.span, `Programs of ${name.value} may gain rights through setuid files.`, {
        fixes: extended.has(name.value) ? [] : forbid(project, service),
      });
    }
  },
});

const allows = notedOnService(
  (service): boolean =>
    service.complete &&
    service.node !== undefined &&
    !isPrivileged(service) &&
    !["provider", "extends"].some((it) => entryAt(service.node, it)) &&
    !mayForbid(service),
);

function mayForbid({ node }: Service): boolean {
  const options = valueAt(node, "security_opt");
  if (options && options.kind !== "sequence") return true;
  return itemsOf(options).some(
    (it) =>
      it.kind !== "scalar" ||
      it.value.includes("$") ||
      /^no-new-privileges(?:[:=]true)?$/i.test(it.value.trim()),
  );
}

/** Not for a service that is extended: Compose refuses an option that the other one has too, as it puts both lists together. */
function forbid({ file }: ComposeProject, { node }: Service): readonly Fix[] {
  const said = itemsOf(valueAt(node, "security_opt"));
  // `no-new-privileges:false` is somebody's decision.
  if (!node || said.some((it) => it.kind === "scalar" && it.value.startsWith("no-new-privileges"))) return [];
  const edits = appendItem(file, node, "security_opt", '"no-new-privileges:true"');
  return edits ? [{ kind: "unsafe", title: "Allow no new privileges", edits }] : [];
}
