import type { BuildContext } from "../../model/context/build-context.ts";
import { entriesMatching } from "../../model/context/entry-pattern.ts";
import { type DockerfileModel, notedOnModel } from "../../model/stage/dockerfile-model.ts";
import { source } from "../../text/source.ts";
import { type ContextSource, contextSources, isProject } from "../knowledge/files/context-sources.ts";
import { rememberedBy } from "../knowledge/remembered.ts";
import { mayHoldSecret, secretFileKind, secretTextKind } from "../knowledge/secrets/secret-files.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { isForDefaults, keepOutSecrets } from "../writing/ignore/keep-out.ts";

export const secretFileCopied = instructionRule({
  id: "secret-file-copied",
  title: "Secret copied with the folder it is in",
  severity: "warning",
  tags: ["security"],
  aliases: ["S53"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "file",
  docs: {
    what: source`
      Reports COPY and ADD that take a secret of the build context into a shipped stage without naming it: \`.env\`, SSH and
      TLS keys, \`.netrc\`, cloud credentials, an \`.npmrc\` with a token, in a folder or behind a pattern. Also files whose text
      is a private key, whatever their name. Silent for what the ignore file keeps out.`,
    why: source`
      Whoever can pull the image reads its files, and removing them in a later RUN leaves them in the earlier layer. Name the
      file in \`.dockerignore\`, and hand it over as a secret mount or when the container starts.`,
    context: { ".env": "TOKEN=x", "server.js": "" },
    bad: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY . .
           ^ secret-file-copied: This copies .env, a file of environment variables, into the image.`,
    good: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY server.js ./`,
  },
  instructions: ["COPY", "ADD"],

  check(copy, stage, report) {
    const { context } = stage.model.inputs;
    if (!context || !isShipped(stage) || copy.flags.some((it) => it.name === "exclude")) return;
    for (const copied of contextSources(copy, stage)) {
      // A file that copies one folder again and again looks into it once.
      const found = kept(stage.model, copied.path, () => {
        const secrets = secretsIn(copied, context);
        return { secret: secrets[0], fixes: fixesFor(copied, secrets, stage.model) };
      });
      const { secret, fixes } = found;
      if (secret)
        report(copied.word.span, `This copies ${secret.path}, ${secret.kind}, into the image.`, { fixes });
    }
  },
});

const kept = rememberedBy<
  DockerfileModel,
  { readonly secret: Secret | undefined; readonly fixes: readonly Fix[] }
>(notedOnModel);

function fixesFor(
  { path }: ContextSource,
  secrets: readonly Secret[],
  model: DockerfileModel,
): readonly Fix[] {
  if (secrets.length === 0 || isForSecrets(path)) return [];
  const fix = keepOutSecrets(
    model,
    secrets.map((it) => it.path),
  );
  return fix ? [fix] : [];
}

/** A folder that is copied for the sake of what is in it: without that the program may not start. */
function isForSecrets(path: string): boolean {
  return /(^|\/)(\.?(ssh|aws|kube|docker)|certs?|certificates|keys?|pki|private|secrets?|ssl|tls)$/i.test(
    path,
  );
}

interface Secret {
  readonly path: string;
  readonly kind: string;
}

/** Secrets that a source takes along, those it names by a telling name left out. */
function secretsIn({ path, isPattern }: ContextSource, context: BuildContext): readonly Secret[] {
  if (isPattern) return among(entriesMatching(path, context), context);
  if (path === "" && !isProject(context)) return [];
  const kind = path === "" ? "directory" : context.exists(path);
  // A telling name that is written out is the subject of `secret-in-image`.
  if (kind === "file") return secretFileKind(path) === undefined ? among([path], context) : [];
  if (kind !== "directory") return [];
  const inside = (name: string) => (path === "" ? name : `${path}/${name}`);
  const nested = NESTED.map(inside).filter((it) => context.exists(it) === "file");
  return among([...(context.list(path) ?? []).map(inside), ...nested], context);
}

/** Where credentials stand a folder deeper; further down nobody looks on each keystroke. */
const NESTED = [
  ".aws/credentials",
  ".kube/config",
  ".docker/config.json",
  ".ssh/id_rsa",
  ".ssh/id_ed25519",
  ".m2/settings.xml",
  ".mvn/settings.xml",
  ".gradle/gradle.properties",
  ".cargo/credentials.toml",
  "config/master.key",
  "config/credentials/production.key",
  "config/prod.secret.exs",
  "src/main/resources/application-prod.properties",
  "src/main/resources/application-prod.yml",
];

function among(paths: readonly string[], context: BuildContext): readonly Secret[] {
  let looks = 0;
  return paths.flatMap((path): Secret[] => {
    const isRead = mayHoldSecret(path) && looks++ < MOST_READ;
    const kind =
      secretFileKind(path) ?? (isRead ? secretTextKind(path, context.read(path) ?? "") : undefined);
    const isCopied =
      kind !== undefined && context.exists(path) === "file" && context.isIgnored(path).is === "no";
    return isCopied && !isForDefaults(path, context) ? [{ path, kind }] : [];
  });
}

const MOST_READ = 20;
