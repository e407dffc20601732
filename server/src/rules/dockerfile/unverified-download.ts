import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { downloadedUrls, downloadOptions, hostOf, isLocalHost } from "../knowledge/commands/downloads.ts";
import { type Fix, instructionRule, type Report } from "../rule.ts";
import { removeFlag } from "../writing/dockerfile/remove-flag.ts";

export const unverifiedDownload = instructionRule({
  id: "unverified-download",
  title: "Certificate of the other side is not checked",
  severity: "warning",
  tags: ["security"],
  aliases: ["CKV2_DOCKER_2", "CKV2_DOCKER_3", "CKV2_DOCKER_5", "CKV2_DOCKER_6", "CKV2_DOCKER_14"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`curl -k\`, \`wget --no-check-certificate\`, git with \`http.sslVerify=false\`, and PYTHONHTTPSVERIFY=0,
      NODE_TLS_REJECT_UNAUTHORIZED=0 and GIT_SSL_NO_VERIFY in ENV, ARG and RUN. Hosts of the own network do not count.`,
    why: source`
      Without the check anybody on the way can answer in place of the server, and what comes is built into the image.
      As ENV it holds for every connection of the running service too. A certificate of the own company belongs into
      the image's CA bundle.`,
    bad: source`
      FROM buildpack-deps:trixie
      ENV NODE_TLS_REJECT_UNAUTHORIZED=0
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-download: NODE_TLS_REJECT_UNAUTHORIZED=0 turns the check of certificates off.
      RUN curl -fsSLk https://example.com/a.sh -o /a.sh
               ^^^^^^ unverified-download: curl -k accepts any certificate.`,
    good: source`
      FROM buildpack-deps:trixie
      COPY company.crt /usr/local/share/ca-certificates/
      RUN update-ca-certificates && curl -fsSL https://example.com/a.sh -o /a.sh`,
  },
  instructions: ["ENV", "ARG", "RUN"],
  triggers: true,

  check(instruction, stage, report) {
    for (const { name, value, span } of instruction.pairs) {
      if (!Object.hasOwn(VARIABLES, name.raw)) continue;
      checkVariable(name.raw, value?.raw.replace(/^(["'])(.*)\1$/, "$2"), span, report);
    }
    if (instruction.name !== "RUN") return;
    for (const command of stage.commandsOf(instruction)?.commands ?? []) {
      for (const { name, value, span } of command.assignments)
        checkVariable(name, value?.literal, span, report);
      checkCommand(command, stage, report);
    }
  },
});

/** Each with the value that turns the check off; git asks only whether its variable is there. */
const VARIABLES: Readonly<Record<string, { readonly off: RegExp; readonly alias: string }>> = {
  PYTHONHTTPSVERIFY: { off: /^0$/, alias: "CKV2_DOCKER_5" },
  NODE_TLS_REJECT_UNAUTHORIZED: { off: /^0$/, alias: "CKV2_DOCKER_6" },
  GIT_SSL_NO_VERIFY: { off: /./, alias: "CKV2_DOCKER_14" },
};

function checkVariable(name: string, value: string | undefined, span: Span, report: Report): void {
  const variable = Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
  if (!variable?.off.test(value ?? "")) return;
  report(span, `${name}=${value} turns the check of certificates off.`, { aliases: [variable.alias] });
}

function checkCommand(command: Command, stage: Stage, report: Report): void {
  const name = command.name?.literal ?? "";
  const program = name.includes("/") ? baseName(name) : name;
  if (program === "curl" || program === "wget") checkDownload(program, command, stage, report);
  else if (program === "git") checkGit(command, report);
  else if (program === "echo" || program === "printf") checkSetting(command, report);
  else if (program === "export" || program === "env")
    for (const { raw, literal, span } of command.arguments) {
      const [, name = "", value] = /^(\w+)=(.*)$/.exec(literal ?? raw) ?? [];
      checkVariable(name, value, span, report);
    }
}

function checkDownload(program: "curl" | "wget", command: Command, stage: Stage, report: Report): void {
  const off = program === "curl" ? ["k", "insecure"] : ["no-check-certificate"];
  const option = downloadOptions(program, command.arguments).find((it) => off.includes(it.name));
  const hosts = downloadedUrls(program, command.arguments).map((it) => hostOf(it.literal ?? it.raw));
  if (!option || (hosts.length > 0 && hosts.every((it) => it !== undefined && isLocalHost(it)))) return;
  const { word, name } = option;
  const dashed = name.length === 1 ? `-${name}` : `--${name}`;
  // In exec form the word stands in quotes, with a comma that would be left.
  const isWritten = word.span.end - word.span.start === word.raw.length;
  // A letter among others: `-fsSLk`.
  const at = word.span.start + word.raw.indexOf(name, 1);
  const isGroup = /^-[A-Za-z#]+$/.test(word.raw);
  const edits =
    word.raw === dashed
      ? [removeFlag(stage.model.file, word)]
      : isGroup
        ? [remove({ start: at, end: at + 1 })]
        : [];
  const fixes: Fix[] =
    isWritten && edits.length > 0 ? [{ kind: "unsafe", title: `Remove ${dashed}`, edits }] : [];
  report(word.span, `${program} ${dashed} accepts any certificate.`, {
    aliases: [program === "curl" ? "CKV2_DOCKER_2" : "CKV2_DOCKER_3"],
    fixes,
  });
}

/** The same for all downloads: `insecure` in `.curlrc`, `check_certificate = off` in `.wgetrc` (their manuals, read 2026-11). */
function checkSetting({ arguments: words, redirections }: Command, report: Report): void {
  for (const { target } of redirections) {
    const [, tool] = /(?:^|\/)\.?(curl|wget)rc$/.exec(target?.literal ?? target?.raw ?? "") ?? [];
    const off =
      tool === "curl" ? /(^|\\n|\s)-?-?insecure\b|(^|\s)-k\b/ : /\bcheck[_-]certificate\s*=\s*(off|no|0)\b/i;
    const word = tool && words.find((it) => off.test(it.literal ?? it.raw));
    if (!word) continue;
    const alias = tool === "curl" ? "CKV2_DOCKER_2" : "CKV2_DOCKER_3";
    report(word.span, `From here on ${tool} accepts any certificate.`, { aliases: [alias] });
  }
}

/** `git -c http.sslVerify=false …`, and the same kept by `git config`. */
function checkGit({ arguments: words }: Command, report: Report): void {
  const at = words.findIndex((it) => /^http\.(\S+\.)?sslverify(=(false|0|no|off))?$/i.test(it.literal ?? ""));
  const word = words[at];
  const value = words[at + 1];
  if (!word || words.some((it) => /^--(unset|get)/.test(it.raw))) return;
  const isOff = word.raw.includes("=") || /^(false|0|no|off)$/.test(value?.literal ?? "");
  if (!isOff) return;
  const end = word.raw.includes("=") ? word.span.end : (value ?? word).span.end;
  report({ start: word.span.start, end }, "git accepts any certificate.", {
    aliases: ["CKV2_DOCKER_14"],
  });
}
