import type { ComposeProject, EnvironmentEntry, Service } from "../../model/compose/project.ts";
import { isOfEveryShell } from "../../model/environment/shell-variables.ts";
import { entriesOf, itemsOf, scalarsIn, valueAt } from "../../syntax/compose/find.ts";
import { parseTemplate } from "../../syntax/compose/interpolate.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import type { ScalarNode, YamlNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { takesWordsAsTheyAre } from "../knowledge/compose/literal-words.ts";
import { setInEnvFile } from "../knowledge/compose/set-in-env-file.ts";
import { assigns } from "../knowledge/shell/script-assignments.ts";
import { composeRule, type Report } from "../rule.ts";
import { doubled } from "../writing/compose/doubled-dollars.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const dollarInterpolated = composeRule({
  id: "dollar-interpolated",
  title: "Dollar that Compose reads before the container",
  severity: "warning",
  tags: ["run"],
  aliases: ["S69", "S70"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a variable in \`command\`, \`entrypoint\` or \`healthcheck\` that only the container has, by its own \`environment\` or that of its image,
      the hash of a password whose \`$\` begins the name of a variable, and a password with \`$\` and lower-case letters in its
      midst.`,
    why: source`
      Compose puts in the value that the variable has where Compose runs, before the container is made. There it is not set, so
      nothing is left of it. Two dollars stand for one that is to be kept.`,
    bad: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_USER: app
          healthcheck:
            test: pg_isready -U $POSTGRES_USER
                                ^^^^^^^^^^^^^^ dollar-interpolated: Compose takes POSTGRES_USER from where it runs, not from the container.`,
    good: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_USER: app
          healthcheck:
            test: pg_isready -U $$POSTGRES_USER`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const isSet = setInEnvFile(project);
    for (const service of project.services.values()) {
      const test = valueAt(valueAt(service.node, "healthcheck"), "test");
      const command = valueAt(service.node, "command");
      const entrypoint = valueAt(service.node, "entrypoint");
      const isShellInFront = isShell(wordsIn(entrypoint));
      const kinds = [
        { node: command, isRead: isShellInFront || isShell(wordsIn(command)) },
        { node: entrypoint, isRead: isShellInFront },
        { node: test, isRead: isTestRead(test) },
      ];
      for (const { node, isRead } of kinds) {
        for (const scalar of scalarsIn(node))
          checkVariables(project, service, { scalar, isRead }, isSet, once);
      }
      for (const scalar of scalarsIn(service.node)) checkHash(project, scalar, once);
      checkPasswords(project, service, isSet, once);
    }
  },
});

interface Place {
  readonly scalar: ScalarNode;
  /** A shell puts variables in. Elsewhere two dollars would leave the name of the variable to the program. */
  readonly isRead: boolean;
}

/** The words of a list, or of a text as far as blanks tell. */
function wordsIn(node: YamlNode | undefined): readonly string[] {
  if (node?.kind === "scalar") return node.value.trim().split(/\s+/, 3);
  return itemsOf(node).flatMap((it) => (it.kind === "scalar" ? it.value : []));
}

/** `sh -c`, at the front or behind a program that only starts another one. */
function isShell(words: readonly string[]): boolean {
  const at = words.findIndex((it) => /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a|z)?sh$/.test(it));
  return at >= 0 && at <= 3 && /^-[a-z]*c$/.test(words[at + 1] ?? "");
}

function isTestRead(test: YamlNode | undefined): boolean {
  if (test?.kind === "scalar") return true;
  const [kind, ...words] = wordsIn(test);
  // Of these programs it is told next that a shell is needed, and mended.
  return kind === "CMD-SHELL" || isShell(words) || takesWordsAsTheyAre(words[0] ?? "");
}

/** A value that is not made of Compose's variable of the same name. */
function isGivenOtherwise(text: string, { name, value, inFile }: EnvironmentEntry): boolean {
  if (!value || value.known) return value !== undefined;
  const { start, end } = value.spanOf(0, value.value.length);
  return !inFile && !text.slice(start, end).includes(name.value);
}

/** Many a shell has them, beside what every shell has. */
const OF_MANY_SHELLS = /^(?:TZ|LC_\w+)$/;

function isSetByImage({ imageBuild: build, imageFacts }: Service, name: string): boolean {
  if (isOfEveryShell(name) || OF_MANY_SHELLS.test(name)) return false;
  if (build) {
    const value = build.stage?.result.variable(name);
    return value?.known === true && value.value !== undefined;
  }
  return typeof imageFacts?.environment?.[name] === "string";
}

function checkVariables(
  { file }: ComposeProject,
  service: Service,
  { scalar, isRead }: Place,
  isSet: (name: string) => boolean,
  report: Report,
): void {
  if (!scalar.value.includes("$")) return;
  const parts = parseTemplate(scalar.value);
  const unset = parts.flatMap((it) =>
    it.kind === "variable" && it.operator === undefined && !isSet(it.name) ? [it] : [],
  );
  const ofScript = unset.filter(
    (it) => scalar.value[it.span.start + 1] !== "{" && assigns(scalar.value, it.name),
  );
  const [first] = ofScript;
  if (first) {
    const span = spanInside(file.text, scalar, first.span.start, first.span.end);
    const starts = ofScript.map((it) => it.span.start);
    report(span, `The script sets ${first.name} itself, and Compose puts something else in its place.`, {
      fixes: doubled(file.text, scalar, starts, "Leave the script's variables to the shell"),
    });
  }
  for (const part of parts) {
    if (part.kind === "variable" && ofScript.includes(part)) continue;
    // Whoever writes a default means Compose's variable.
    if (part.kind !== "variable" || part.operator !== undefined || isSet(part.name)) continue;
    const entry = service.environment.find((it) => it.name.value === part.name);
    if (entry ? !isGivenOtherwise(file.text, entry) : !isSetByImage(service, part.name)) continue;
    const span = spanInside(file.text, scalar, part.span.start, part.span.end);
    report(span, `Compose takes ${part.name} from where it runs, not from the container.`, {
      related: entry ? [{ message: `The container is given ${part.name} here.`, span: entry.name.span }] : [],
      fixes: isRead
        ? doubled(file.text, scalar, [part.span.start], `Leave ${part.name} to the container`)
        : [],
    });
  }
}

/** Hashes as htpasswd and crypt(3) write them: bcrypt, apr1, SHA-256 and SHA-512, and those of Argon2. */
const HASH =
  /\$(?:2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|[56]\$(?:rounds=\d+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{43,86}|argon2(?:id|i|d)\$v=\d+\$m=\d+,t=\d+,p=\d+\$[+/A-Za-z0-9]+\$[+/A-Za-z0-9]+)/g;

function checkHash({ file }: ComposeProject, scalar: ScalarNode, report: Report): void {
  if (!scalar.value.includes("$")) return;
  for (const match of scalar.value.matchAll(HASH)) {
    const taken = parseTemplate(scalar.value).filter(
      (it) =>
        it.kind === "variable" &&
        it.span.start >= match.index &&
        it.span.end <= match.index + match[0].length &&
        scalar.value[it.span.start + 1] !== "{",
    );
    if (taken.length === 0) continue;
    const dollars = [...match[0].matchAll(/\$/g)].map((it) => match.index + it.index);
    const span: Span = spanInside(file.text, scalar, match.index, match.index + match[0].length);
    report(span, "Compose takes parts of this hash for variables, and leaves them out.", {
      fixes: doubled(file.text, scalar, dollars, "Double each dollar of the hash"),
    });
  }
}

/** A password with a dollar in its midst: of what follows nothing is left, as nobody sets a variable of that name. */
function checkPasswords(
  { file }: ComposeProject,
  { node }: Service,
  isSet: (name: string) => boolean,
  report: Report,
): void {
  const environment = valueAt(node, "environment");
  for (const { name, scalar, start } of writtenVariables(environment)) {
    if (!scalar.value.includes("$") || !/(?:^|_)(?:PASSWORD|PASSWD|PASS|SECRET|TOKEN|KEY)$/.test(name))
      continue;
    for (const part of parseTemplate(scalar.value)) {
      if (part.kind !== "variable" || part.operator !== undefined || part.span.start <= start) continue;
      const isBraced = scalar.value[part.span.start + 1] === "{";
      // Names of variables are mostly written in capitals; before one with a separator it is a part on purpose.
      const isMeant =
        isBraced || !/[a-z]/.test(part.name) || !/\w/.test(scalar.value[part.span.start - 1] ?? "");
      if (isMeant || isSet(part.name)) continue;
      const span = spanInside(file.text, scalar, part.span.start, part.span.end);
      report(span, `Compose takes $${part.name} for a variable, and leaves it out of ${name}.`, {
        fixes: doubled(file.text, scalar, [part.span.start], "Double the dollar"),
      });
    }
  }
}

interface WrittenVariable {
  readonly name: string;
  readonly scalar: ScalarNode;
  /** Offset of the variable's value in the text of the scalar. */
  readonly start: number;
}

function writtenVariables(environment: YamlNode | undefined): readonly WrittenVariable[] {
  const ofMapping = entriesOf(environment).flatMap(({ key, value }) =>
    value?.kind === "scalar" ? [{ name: key.value, scalar: value, start: 0 }] : [],
  );
  const ofList = itemsOf(environment).flatMap((item) => {
    const name = item.kind === "scalar" ? /^\w+(?==)/.exec(item.value)?.[0] : undefined;
    return item.kind === "scalar" && name !== undefined
      ? [{ name, scalar: item, start: name.length + 1 }]
      : [];
  });
  return [...ofMapping, ...ofList];
}
