import { lineBreakOf } from "../../model/compose/edit/layout.ts";
import type { ComposeProject } from "../../model/compose/project.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Fix } from "../rule.ts";
import { composeRule } from "../rule.ts";

export const missingProjectName = composeRule({
  id: "missing-project-name",
  title: "Project without a name of its own",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["require-project-name-field"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: false,
  docs: {
    what: source`
      Reports a file without \`name\`, where it is a project by itself. Runs only when asked for.`,
    why: source`
      Compose takes the name of the folder, so that the same project has other containers, networks and volumes in another
      folder, and two projects in folders of one name are taken for one.`,
    bad: source`
      services:
      ^^^^^^^^ missing-project-name: The project is named after its folder.
        api:
          image: example/api:1.4`,
    good: source`
      name: shop
      services:
        api:
          image: example/api:1.4`,
  },

  check(project, report) {
    const { root } = project.file;
    const services = entryAt(root, "services");
    if (!services || entryAt(root, "name") || !project.complete) return;
    report(services.key.span, "The project is named after its folder.", { fixes: nameAfterFolder(project) });
  },
});

/** As Compose makes a name of it: small letters, digits, `-` and `_` are left. */
function nameAfterFolder({ file, files }: ComposeProject): readonly Fix[] {
  const { root } = file;
  const [first] = root?.entries ?? [];
  const folder = files.directory?.split("/").at(-1)?.toLowerCase() ?? "";
  const name = folder.replace(/[^a-z0-9_-]/g, "").replace(/^[_-]+/, "");
  if (!root || root.flow || !first || name === "" || /^\d+$/.test(name)) return [];
  const edits = [insert(first.span.start, `name: ${name}${lineBreakOf(file)}`)];
  return [{ kind: "unsafe", title: `Name it ${name}, as it is now`, edits }];
}
