import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { isObject, readJsonObject, textsOf } from "../../text/json.ts";
import { type DockerfileModel, notedOnModel } from "./dockerfile-model.ts";
import type { Stage } from "./stage.ts";
import { stagesDownFrom } from "./stage-graph.ts";

/** What a project's package.json says, as far as the image is concerned. */
export interface PackageJson {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
  /** What it cannot do without, with the versions as written; optional ones are not among them. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * The package.json at the root of the context, where a COPY of the file certainly takes that one; undefined when it is
 * not there, cannot be read, or may be another project's.
 */
export const packageJson = notedOnModel(readPackageJson);

function readPackageJson({ inputs, stages }: DockerfileModel): PackageJson | undefined {
  const sources = stages
    .flatMap((it) => it.instructions)
    .filter((it) => it.name === "COPY" && !it.flags.some((flag) => flag.name === "from"))
    .flatMap((it) => it.words.slice(0, -1).map((word) => word.raw));
  const text = written(stages) ?? (isRoot(sources) ? inputs.context?.read("package.json") : undefined);
  return text === undefined ? undefined : parsePackageJson(text);
}

/** Undefined for a text that is no JSON object. */
export function parsePackageJson(text: string): PackageJson | undefined {
  const json = readJsonObject(text);
  if (!json) return undefined;
  const namesIn = (part: unknown) => (isObject(part) ? Object.keys(part) : []);
  return {
    scripts: textsOf(json["scripts"]),
    versions: textsOf(json["dependencies"]),
    dependencies: new Set([...namesIn(json["dependencies"]), ...namesIn(json["optionalDependencies"])]),
    devDependencies: new Set(namesIn(json["devDependencies"])),
  };
}

/** `.`, `package.json`, `package*.json`. */
const ROOT = /^(\.?\/?|\*|(\.?\/)?package(\*|-?\*)?\.json)$/;

/** Does a stage, or one that it is built on, copy the root's package.json, rather than one of a folder? */
export function takesRootManifest(stage: Stage): boolean {
  const takes = ({ name, flags, words }: Instruction) =>
    name === "COPY" &&
    !flags.some((it) => it.name === "from") &&
    words.slice(0, -1).some(({ raw }) => ROOT.test(raw));
  for (const { instructions } of stagesDownFrom(stage)) if (instructions.some(takes)) return true;
  return false;
}

/** Of several projects in one context it is not known whose scripts are meant. */
function isRoot(sources: readonly string[]): boolean {
  const isInner = (it: string) => /.\/package[\w*-]*\.json$/.test(it.replace(/^\.\//, ""));
  return sources.some((it) => ROOT.test(it)) && !sources.some(isInner);
}

/** The text of `COPY <<EOF package.json`. */
function written(stages: DockerfileModel["stages"]): string | undefined {
  const copies = stages.flatMap((it) => it.instructions).filter((it) => it.name === "COPY");
  const copy = copies.find(
    (it) => it.hereDocuments.length === 1 && /(^|\/)package\.json$/.test(it.words.at(-1)?.raw ?? ""),
  );
  return copy?.hereDocuments[0]?.text.text;
}
