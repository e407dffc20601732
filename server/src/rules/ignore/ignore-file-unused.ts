import { baseName } from "../../model/stage/paths.ts";
import { fileName } from "../../text/file-name.ts";
import { source } from "../../text/source.ts";
import { ignoreRule } from "../rule.ts";

export const ignoreFileUnused = ignoreRule({
  id: "ignore-file-unused",
  title: "Ignore file that no build reads",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a \`.dockerignore\` where each Dockerfile of its folder has an ignore file under its own name, and a
      \`<name>.dockerignore\` beside which there is no Dockerfile of that name.`,
    why: source`
      A builder reads one ignore file: the Dockerfile's own where there is one, else that of the build context. They do not add up.`,
    context: { Dockerfile: "FROM scratch\nCOPY app /\n", "Dockerfile.dockerignore": "dist\n", app: "" },
    bad: source`
      node_modules
      ^^^^^^^^^^^^ ignore-file-unused: No build reads this file: Dockerfile has its own, Dockerfile.dockerignore.`,
    good: source`
      # nothing is kept out here`,
  },

  check({ ignore, kind, dockerfiles, hasDockerfile, path = "" }, report) {
    const [first] = ignore.patterns;
    if (!first || kind === "podman") return;
    if (kind === "own") {
      const wanted = baseName(path.replaceAll("\\", "/")).replace(/\.dockerignore$/i, "");
      if (!hasDockerfile)
        report(first.span, `No build reads this file: there is no Dockerfile ${wanted} beside it.`);
      return;
    }
    const others = dockerfiles.flatMap((it) =>
      it.reads === "this" ? [] : [{ ...it, other: it.reads.other }],
    );
    const [shown] = others;
    if (!shown || others.length < dockerfiles.length) return;
    const names = others.map((it) => fileName(it.path)).join(", ");
    const have = others.length === 1 ? "has its own" : "have their own";
    const list = others.length === 1 ? `, ${fileName(shown.other)}` : "";
    report(first.span, `No build reads this file: ${names} ${have}${list}.`, {
      related: others.map((it) => ({ message: "This one is read.", file: it.other })),
    });
  },
});
