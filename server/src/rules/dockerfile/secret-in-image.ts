import { tokenIn } from "../../../../client/src/shared/secrets.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import type { Instruction, Pair } from "../../syntax/dockerfile/tree.ts";
import { remove } from "../../text/edit.ts";
import type { MappedText } from "../../text/mapped-text.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { checkOptionsOf } from "../check-directive.ts";
import { firstDeclarations, globalDeclarations } from "../knowledge/instructions/global-arguments.ts";
import { secretFileKind, secretTextKind } from "../knowledge/secrets/secret-files.ts";
import { isNameOfSwitch, isSecretName, isSecretToHadolint } from "../knowledge/secrets/secret-names.ts";
import { isPlainValue, passwordInUrl } from "../knowledge/secrets/secret-values.ts";
import { secretWritten } from "../knowledge/secrets/written-secrets.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Fix, type Related, type Report, stageRule } from "../rule.ts";
import { holdsComment, removeLines } from "../writing/dockerfile/lines.ts";
import { mountInstead } from "../writing/dockerfile/secret-mount.ts";

export const secretInImage = stageRule({
  id: "secret-in-image",
  title: "Secret that ends up in the image",
  severity: "warning",
  tags: ["security"],
  aliases: [
    "SecretsUsedInArgOrEnv",
    "DL3064",
    "S53",
    "DS-0031",
    "CIS-DI-0010",
    "secrets-in-arg-or-env",
    "secrets-in-code",
  ],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  asksBeyond: (stage) => (stage.index === 0 ? [...declaredGlobals(stage)].join(" ") : ""),
  docs: {
    what: source`
      Reports ENV and ARG with the name of a secret (not where the value is a path, a switch or the fingerprint of a public key; as
      information where that of ENV is empty), ARG that a RUN puts into an address as the password, COPY and ADD of files that always
      are one (\`.env\`, private keys, \`.netrc\` …) in a stage that is shipped, passwords in URLs and commands, and tokens that are
      known by their form.`,
    why: source`
      Whoever can pull the image reads its files, its environment and its history; build arguments stand in the
      history too, and removing a file in a later layer leaves it in the earlier one. A secret mount is there for one
      RUN and nowhere else; what the service needs at run time belongs to the container's start.`,
    bad: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package*.json ./
      ARG NPM_TOKEN
          ^^^^^^^^^ secret-in-image: ARG NPM_TOKEN stays readable in the history of the image.
      RUN npm config set //npm.example.com/:_authToken=$NPM_TOKEN && npm ci
      COPY .env /app/
           ^^^^ secret-in-image: .env is a file of environment variables, and stays in the image.`,
    good: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package*.json ./
      RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm config set '//npm.example.com/:_authToken=\${NPM_TOKEN}' && npm ci`,
  },

  check(stage, report) {
    if (stage.index === 0) checkGlobals(stage, report);
    for (const instruction of stage.instructions) {
      const { inner } = instruction;
      if (inner?.name === "ENV" || inner?.name === "ARG") checkNames(inner, undefined, report);
      if (instruction.name === "ENV" || instruction.name === "ARG") checkNames(instruction, stage, report);
      else if (instruction.name === "COPY" || instruction.name === "ADD")
        checkFiles(instruction, stage, report);
      if (instruction.name !== "ENV" && instruction.name !== "ARG") {
        checkText(instruction.rest, report);
        for (const it of instruction.hereDocuments) checkText(it.text, report);
        checkWritten(instruction, report);
      }
    }
  },
});

/** An ARG in front of the first FROM is in no image by itself, but in what is recorded of the build. */
function checkGlobals(first: Stage, report: Report): void {
  const declared = declaredGlobals(first);
  for (const { name } of secretGlobals(first))
    if (!declared.has(name.raw))
      report(name.span, `ARG ${name.raw} stays readable in the record of the build.`, { aliases: OTHERS });
}

/** Of these, the names that a stage declares as well: that is where they are told. */
function declaredGlobals(first: Stage): ReadonlySet<string> {
  const names = new Set(secretGlobals(first).map((it) => it.name.raw));
  if (names.size === 0) return names;
  return new Set(
    first.model.stages.flatMap((it) => [...firstDeclarations(it).keys()].filter((name) => names.has(name))),
  );
}

function secretGlobals({ model }: Stage): readonly Pair[] {
  return [...globalDeclarations(model).values()].filter(
    ({ name, value }) =>
      isSecretToHadolint(name.raw) &&
      !isNameOfSwitch(name.raw) &&
      !(value && isPlainValue(name.raw, value.raw)),
  );
}

/** Linters other than BuildKit's, which look at more names and places than it does. */
const OTHERS = ["DL3064", "DS-0031", "CIS-DI-0010"];

/** `stage` is undefined for a trigger, which says what another build will do: nothing of this one can stand in for it. */
function checkNames(instruction: Instruction, stage: Stage | undefined, report: Report): void {
  for (const pair of instruction.pairs) {
    const name = pair.name.raw;
    // A secret by its name, or a password in a URL; most are neither.
    const isPassword = instruction.name === "ARG" && stage !== undefined && passwordsOf(stage).has(name);
    const isSecret =
      isPassword || (isSecretToHadolint(name) && !isNameOfSwitch(name)) || isLoginOfBundler(name);
    const isNamedSo = stage !== undefined && isSecretName(name) && endsBuildByName(stage);
    const mayHoldOne =
      pair.value?.raw.includes("://") ||
      (pair.value && (tokenIn(pair.value.raw) ?? secretWritten(pair.value.raw)) !== undefined);
    if (!isSecret && !isNamedSo && !mayHoldOne) continue;
    const isPlain =
      (stage && keysFetched(stage).has(name)) ||
      (pair.value && isPlainValue(name, valueSetBy(pair, instruction, stage)));
    if (!isSecret || isPlain) {
      if (isNamedSo) {
        const message = `${name} is no secret, but has the name of one, and the check directive of this file ends the build with that.`;
        report(pair.name.span, message, { aliases: ["SecretsUsedInArgOrEnv"] });
      }
      if (isSecret || isNamedSo) continue;
    }
    // There for whoever starts the container to set; a build argument is given its value when the image is built.
    if (instruction.name === "ENV" && isEmpty(pair)) {
      const message = `ENV ${name} is empty, which leaks nothing; BuildKit warns of it, as it has the name of a secret.`;
      if (isSecretName(name))
        report(pair.name.span, message, { severity: "info", aliases: ["SecretsUsedInArgOrEnv"] });
      continue;
    }
    if (isSecret) {
      report(
        pair.name.span,
        `${instruction.name} ${name} stays readable in ${placeOf(instruction, stage)}.`,
        {
          related: related(stage && passwordsOf(stage).get(name)),
          fixes: stage ? insteadOf(pair, instruction, stage) : [],
          aliases: stage && isSecretName(name) ? ["SecretsUsedInArgOrEnv", ...OTHERS] : OTHERS,
        },
      );
    } else if (pair.value) {
      const { value } = pair;
      const found = passwordInUrl(value.raw);
      const isToken = !found && tokenIn(value.raw) !== undefined;
      if (!found && !isToken && !secretWritten(value.raw)) continue;
      const what = found
        ? `A password for ${found.host}`
        : isToken
          ? "This token"
          : "The password in this value";
      report(value.span, `${what} stays readable in the image.`, { aliases: ["CIS-DI-0010"] });
    }
  }
}

/** By the name of a variable: the RUN that puts it into an address, as the password or as the token that stands for one. */
const passwordsOf = notedOnStage(({ instructions }): ReadonlyMap<string, Instruction> => {
  const found = new Map<string, Instruction>();
  for (const run of instructions) {
    if (run.name !== "RUN") continue;
    for (const { text } of [run.rest, ...run.hereDocuments.map((it) => it.text)]) {
      if (!text.includes("://") || !text.includes("@")) continue;
      // A script that sets it, or a mount that brings it, has it from somewhere else.
      for (const [, name = ""] of text.matchAll(PASSWORD_VARIABLES))
        if (
          !found.has(name) &&
          !text.includes(`${name}=`) &&
          !run.flags.some((it) => it.value?.includes(name))
        )
          found.set(name, run);
    }
  }
  return found;
});

/** By the name of a variable: it says which public key is fetched from a server of keys (gpg(1), `--receive-keys`). */
const keysFetched = notedOnStage(({ instructions }): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const run of instructions)
    if (run.name === "RUN" && run.rest.text.includes("--rec"))
      for (const [, name = ""] of run.rest.text.matchAll(KEYS_FETCHED)) found.add(name);
  return found;
});

const KEYS_FETCHED = /\s--rec(?:v|eive)(?:-keys?)?\s+["']?\$\{?(\w+)/g;

/** `https://user:$TOKEN@`, and for the web `https://$TOKEN@`, as Git's hosts take it. */
const PASSWORD_VARIABLES =
  /(?:https?:\/\/|:\/\/(?:[\w.-]|\$\{?\w{1,60}(?!\w)\}?){0,60}:)\$\{?(?!\w*user)(\w{1,60})\}?@/gi;

function related(run: Instruction | undefined): Related[] {
  return run ? [{ message: "The password of an address is taken from it.", span: run.span }] : [];
}

/** Of a stage that is only built from, the image has neither the environment nor the history; caches and attestations do. */
function placeOf({ name }: Instruction, stage: Stage | undefined): string {
  if (stage && !isShipped(stage)) return "the record of the build";
  return name === "ARG" ? "the history of the image" : "the image";
}

/** `BUNDLE_GEMS__EXAMPLE__COM` is the login of a server of gems (Bundler "config", credentials for gem sources; read 2026-11). */
function isLoginOfBundler(name: string): boolean {
  return /^BUNDLE_[A-Z0-9]+(?:___?[A-Z0-9]+)+$/.test(name) && !/^BUNDLE_(?:BUILD|LOCAL|MIRROR)__/.test(name);
}

function isEmpty({ value }: Pair): boolean {
  return value === undefined || value.raw === "" || value.raw === '""' || value.raw === "''";
}

/** `# check=error=true` makes an error of what BuildKit finds, and it looks at nothing but names. */
function endsBuildByName({ model }: Stage): boolean {
  const options = checkOptionsOf(model.file);
  return options.error && !options.skips("SecretsUsedInArgOrEnv");
}

/** What a pair sets, as it is written where that is not known. */
function valueSetBy({ name, value }: Pair, instruction: Instruction, stage: Stage | undefined): string {
  const written = value?.raw ?? "";
  if (!written.includes("$") || !stage) return written;
  const known = stage.after(instruction).variable(name.raw);
  return known.known ? known.value : written;
}

function insteadOf(pair: Pair, instruction: Instruction, stage: Stage): Fix[] {
  return instruction.name === "ARG"
    ? mountInstead(pair, instruction, stage)
    : removal(pair, instruction, stage);
}

function checkFiles(copy: Instruction, stage: Stage, report: Report): void {
  const { words, hereDocuments } = copy;
  if (hereDocuments.length > 0) return;
  for (const word of words) {
    const kind = word === words.at(-1) ? undefined : secretFileKind(word.raw);
    if (kind === undefined || !isShipped(stage)) continue;
    report(word.span, `${word.raw} is ${kind}, and stays in the image.`, {
      aliases: ["S53", "DS-0031", "CIS-DI-0010"],
    });
  }
}

/** A file that COPY writes by a here-document, where only its name tells what its lines are. */
function checkWritten(
  { name, words, hereDocuments: [document, ...more] }: Instruction,
  report: Report,
): void {
  const path = words.at(-1);
  if (name !== "COPY" || !document || more.length > 0 || !path) return;
  const { text } = document.text;
  if (passwordInUrl(text) || tokenIn(text) || secretWritten(text)) return;
  const kind = secretTextKind(path.raw, text);
  if (kind)
    report(path.span, `${path.raw} is ${kind}, and stays in the image.`, { aliases: ["S53", "CIS-DI-0010"] });
}

/** Of a command or a label. */
function checkText(text: MappedText, report: Report): void {
  const tell = ({ start, end }: Span, what: string) =>
    report(text.spanOf(start, end), `${what} stays readable in the history of the image.`, {
      aliases: ["CIS-DI-0010"],
    });
  const address = passwordInUrl(text.text);
  if (address) tell(address, `A password for ${address.host}`);
  const token = tokenIn(text.text);
  if (token && !(address && token.start < address.end && token.end > address.start))
    tell(token, "This token");
  if (address || token) return;
  const written = secretWritten(text.text);
  if (written) tell(written, written.kind === "key" ? "This token" : "This password");
}

function removal(pair: Pair, instruction: Instruction, stage: Stage): Fix[] {
  const { file } = stage.model;
  const title = `Remove ${pair.name.raw} and hand it over when the container starts`;
  const { pairs } = instruction;
  if (pairs.length === 1) {
    return holdsComment(file, instruction.span)
      ? []
      : [{ kind: "unsafe", title, edits: [removeLines(file, instruction)] }];
  }
  const at = pairs.indexOf(pair);
  const [before, after] = [pairs[at - 1], pairs[at + 1]];
  const span = before
    ? { start: before.span.end, end: pair.span.end }
    : { start: pair.span.start, end: after?.span.start ?? pair.span.end };
  return holdsComment(file, span) ? [] : [{ kind: "unsafe", title, edits: [remove(span)] }];
}
