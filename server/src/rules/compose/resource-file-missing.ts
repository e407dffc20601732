import { knownAt } from "../../model/compose/reading/known-at.ts";
import { entriesOf, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { isMadeFirst } from "../knowledge/files/made-first.ts";
import { composeRule } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { nearestPath } from "../writing/suggestions/nearest-path.ts";

export const resourceFileMissing = composeRule({
  id: "resource-file-missing",
  title: "File of a config or secret that is not there",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`file\` of an entry of \`configs\`, with an extension, at which there is nothing, and of \`secrets\` where a file with nearly this name is there:
      files of secrets are often kept elsewhere.`,
    why: source`
      Compose mounts the file into the container, and no container is started without it: "bind source path does not exist".`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          configs: [site]
      configs:
        site:
          file: ./ngnix.conf
                ^^^^^^^^^^^^ resource-file-missing: There is no file ./ngnix.conf; did you mean ./nginx.conf?`,
    good: source`
      services:
        web:
          image: nginx:1.30
          configs: [site]
      configs:
        site:
          file: ./nginx.conf`,
  },

  check(project, report) {
    const { root } = project.file;
    for (const section of ["configs", "secrets"]) {
      for (const { value } of entriesOf(valueAt(root, section))) {
        const path = knownAt(project, value, "file");
        if (!path?.value || /^[/~]/.test(path.value) || project.files.kindOf(path.value) !== "absent")
          continue;
        const near = nearestPath(path.value, project.files, "file");
        const isPlain = section === "configs" && /[^/]\.\w+$/.test(path.value) && !isMadeFirst(path.value);
        if (near === undefined && !isPlain) continue;
        const { node } = path;
        report(node.span, `There is no file ${path.value}${didYouMean(near)}`, {
          fixes:
            near === undefined
              ? []
              : replaceName(project.file, { value: path.value, span: node.span }, near, "unsafe"),
        });
      }
    }
  },
});
