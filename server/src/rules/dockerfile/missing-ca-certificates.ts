import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { callsHttps } from "../knowledge/binaries/go-needs.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { startedBinary } from "../knowledge/started/started-binary.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { addFeature } from "../writing/dockerfile/add-feature.ts";

export const missingCaCertificates = stageRule({
  id: "missing-ca-certificates",
  title: "HTTPS without certificates to check it against",
  severity: "warning",
  tags: ["build", "run"],
  aliases: ["S20", "tls-without-ca"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a final image that certainly has no bundle of CA certificates, while the sources of the Go program that it
      starts call an \`https://\` address. And RUN with curl, wget or git and such an address where they were installed
      without \`ca-certificates\`, which they only recommend.`,
    why: source`
      Without certificates every server is unknown: Go says "x509: certificate signed by unknown authority", curl "unable
      to get local issuer certificate". \`scratch\`, Debian's and Ubuntu's images have none; Alpine and distroless do.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends curl
      RUN curl -fsSLO https://example.com/tool.tar.gz
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-ca-certificates: This image has no CA certificates, so that curl trusts no server.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl
      RUN curl -fsSLO https://example.com/tool.tar.gz`,
  },

  check(stage, report) {
    if (stage.isFinal) checkProgram(stage, report);
    for (const run of stage.instructions) {
      const script = run.name === "RUN" && !run.exec ? stage.scriptOf(run) : undefined;
      if (!script?.commands.some(isClient) || trustsAnything(script)) continue;
      // What the first lacks the others lack too.
      for (const command of script.commands)
        if (isClient(command) && checkCommand(command, script, run, stage, report)) return;
    }
  },
});

const CLIENTS: ReadonlySet<string> = new Set(["curl", "wget", "git"]);

function isClient({ name }: Command): boolean {
  return name?.literal !== undefined && CLIENTS.has(name.literal);
}

/** True if it was reported. */
function checkCommand(
  command: Command,
  script: Script,
  run: Instruction,
  stage: Stage,
  report: Report,
): boolean {
  const url = command.arguments.find((it) => /^["']?https:\/\//.test(it.raw));
  const failure = failureOf(command, script, run, stage);
  if (!url || failure === "allowed") return false;
  const state = stage.beforeCommand(command, run);
  const program = command.name?.literal ?? "";
  // BusyBox checks no certificates, and Alpine has them; a RUN may mount them.
  if (!state.os.known || state.os.value.family !== "debian" || state.certificates.is !== "no") return false;
  if (state.hasTool(program).is !== "yes" || mountsCertificates(run)) return false;
  if (VARIABLES.some((it) => state.isSet(it).is === "yes")) return false;
  report(url.span, `This image has no CA certificates, so that ${program} trusts no server.`, {
    severity: failure === "stops" ? "error" : "warning",
    related: state.certificates.because,
    fixes: installTogether(program, stage),
  });
  return true;
}

function mountsCertificates(run: Instruction): boolean {
  return run.flags.some((it) => it.name === "mount" && /cert|ssl|\/etc/.test(it.value ?? ""));
}

const VARIABLES = ["CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_NO_VERIFY", "GIT_SSL_CAINFO"];

/** Does a command of the script turn the check off, or name certificates of its own? */
function trustsAnything({ commands }: Script): boolean {
  const says = (it: ShellWord) =>
    /^-(?=[a-zA-Z]+$)[a-zA-Z]*k|^--(insecure|no-check-certificate|cacert|ca-certificate|ca-directory|capath)|sslVerify|sslCAInfo/i.test(
      it.raw,
    );
  return commands.some(
    (it) =>
      (CLIENTS.has(it.name?.literal ?? "") && it.arguments.some(says)) ||
      it.assignments.some(({ name }) => VARIABLES.includes(name)) ||
      (it.name?.literal === "export" &&
        it.arguments.some((word) => VARIABLES.some((name) => word.raw.startsWith(`${name}=`)))),
  );
}

/** Beside the program, where that is installed in this stage. */
function installTogether(program: string, stage: Stage): Fix[] {
  for (const run of stage.instructions.filter((it) => it.name === "RUN"))
    for (const { name, arguments: words } of stage.scriptOf(run)?.commands ?? []) {
      if (name?.literal !== "apt-get" && name?.literal !== "apt") continue;
      const word = words.find(
        (it, at) => it.literal === program && words.slice(0, at).some((one) => one.literal === "install"),
      );
      if (word)
        return [
          {
            kind: "unsafe",
            title: "Install ca-certificates too",
            edits: [insert(word.span.start, "ca-certificates ")],
          },
        ];
    }
  return [];
}

function checkProgram(stage: Stage, report: Report): void {
  const { certificates } = stage.result;
  if (certificates.is !== "no" || stage.result.isSet("SSL_CERT_FILE").is === "yes") return;
  const binary = startedBinary(stage);
  const need = binary && callsHttps(binary.sources);
  if (!binary || !need) return;
  report(
    stage.base.word?.span ?? stage.from.keyword,
    `This image has no CA certificates, and the program calls ${need.what} (${need.path}).`,
    { related: certificates.because, fixes: addFeature("certificates", stage, binary.builder) },
  );
}
