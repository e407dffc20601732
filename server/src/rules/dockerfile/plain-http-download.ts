import { baseName } from "../../model/stage/paths.ts";
import type { Script } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { downloadedUrls, hostOf, isLocalHost } from "../knowledge/commands/downloads.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const plainHttpDownload = instructionRule({
  id: "plain-http-download",
  title: "Download over HTTP without encryption",
  severity: "info",
  tags: ["security"],
  aliases: ["S5332"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`http://\` in ADD and in calls of curl and wget. It is silent about hosts of the own network, about ADD with
      \`--checksum\`, and where the same RUN checks a checksum or a signature.`,
    why: source`
      Whoever sits between the build and the server can put something else in the download's place, and the image holds
      it. HTTPS, a checksum or a signature prevents that.`,
    bad: source`
      FROM debian:trixie-slim
      ADD http://example.com/app.tar.gz /opt/
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ plain-http-download: Nothing protects what comes from example.com over HTTP.`,
    good: source`
      FROM debian:trixie-slim
      ADD https://example.com/app.tar.gz /opt/`,
  },
  instructions: ["ADD", "RUN"],
  triggers: true,

  check(instruction, stage, report) {
    const tell = ({ raw, span }: { readonly raw: string; readonly span: Span }) => {
      const host = /^["']?http:/i.test(raw) ? hostOf(raw) : undefined;
      if (host === undefined || isLocalHost(host)) return;
      const at = span.start + raw.search(/http:/i);
      const isWritten = stage.model.file.text.slice(at, at + 5).toLowerCase() === "http:";
      const edits = [replace({ start: at, end: at + 5 }, "https:")];
      const fixes: Fix[] = isWritten ? [{ kind: "unsafe", title: "Use https", edits }] : [];
      report(span, `Nothing protects what comes from ${host} over HTTP.`, { fixes });
    };
    if (instruction.name === "ADD") {
      if (instruction.flags.some((it) => it.name === "checksum")) return;
      for (const word of instruction.words.slice(0, -1)) tell(word);
      return;
    }
    const script = stage.commandsOf(instruction);
    let isVerified: boolean | undefined;
    for (const command of script?.commands ?? []) {
      const name = command.name?.literal ?? "";
      if (!script || !/(^|\/)(curl|wget)$/.test(name)) continue;
      isVerified ??= verifies(script);
      if (isVerified) return;
      const program = baseName(name);
      if (program === "curl" || program === "wget") downloadedUrls(program, command.arguments).forEach(tell);
    }
  },
});

function verifies({ commands }: Script): boolean {
  return commands.some(({ name, arguments: words }) => {
    const program = baseName(name?.literal ?? "");
    if (/^(sha\d*|md5|b2)sum$|^shasum$/.test(program)) return true;
    const isSignature = /^(gpgv?2?|cosign|minisign|openssl|signify)$/.test(program);
    return isSignature && (program.startsWith("gpgv") || words.some((it) => /verify|^dgst$/i.test(it.raw)));
  });
}
