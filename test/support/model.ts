import type { BuildContext } from "../../server/src/model/context/build-context.ts";
import { ignoreFileOf, isIgnoredBy } from "../../server/src/model/context/ignored.ts";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import type { DockerfileModel, ModelInputs } from "../../server/src/model/stage/dockerfile-model.ts";
import { evaluateDockerfile } from "../../server/src/model/stage/evaluate.ts";
import type { OtherFileChange } from "../../server/src/rules/rule.ts";
import { parseDockerfile } from "../../server/src/syntax/dockerfile/parse.ts";
import { parseIgnoreFile } from "../../server/src/syntax/dockerignore/ignore-file.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { shippedPackages } from "../../server/src/workspace/package-names.ts";
import { shellReader } from "./shell.ts";

/** The model of a text, with the shipped images and no context unless the test gives others. */
export function modelOf(text: string, inputs: Partial<ModelInputs> = {}): DockerfileModel {
  return evaluateDockerfile(parseDockerfile(text), {
    images: shippedImages,
    shell: shellReader,
    packages: shippedPackages,
    context: undefined,
    buildArguments: {},
    ...inputs,
  });
}

/**
 * A build context of these files in `/context`, where the Dockerfile is, its ignore file among them; nothing else is in it. Which
 * of them may be executed is not known unless given.
 */
export function contextOf(
  files: Readonly<Record<string, string>>,
  origin: BuildContext["origin"] = "guessed",
  executable?: readonly string[],
): BuildContext {
  const clean = (path: string) => path.replace(/^(\.?\/)+|\/+$/g, "").replace(/^\.$/, "");
  const inside = (path: string) =>
    Object.keys(files).filter((it) => clean(path) === "" || it.startsWith(`${clean(path)}/`));
  const exists: BuildContext["exists"] = (path) => {
    if (Object.hasOwn(files, clean(path))) return "file";
    return clean(path) === "" || inside(path).length > 0 ? "directory" : "absent";
  };
  const [common, own] = ["/context/.dockerignore", "/context/Dockerfile.dockerignore"];
  const file = Object.hasOwn(files, "Dockerfile.dockerignore") ? own : common;
  const written = files[file.slice("/context/".length)];
  const ignore = written === undefined ? undefined : parseIgnoreFile(written);
  const context: BuildContext = {
    origin,
    ignoreFile: ignore ? ignoreFileOf(ignore, file, file === own, written) : { kind: "none", common, own },
    isIgnored: (path) => (ignore ? isIgnoredBy(ignore, clean(path), file, exists) : { is: "no" }),
    exists,
    list(path) {
      const skip = clean(path) === "" ? 0 : clean(path).length + 1;
      const names = inside(path).map((it) => it.slice(skip).split("/")[0] ?? "");
      return names.length > 0 ? [...new Set(names)] : undefined;
    },
    read: (path) => files[clean(path)],
    size: (path) => {
      const text = files[clean(path)];
      return text === undefined ? undefined : Buffer.byteLength(text);
    },
    isExecutable: (path) => (executable ? executable.includes(clean(path)) : undefined),
  };
  makers.set(context, (changed) => contextOf({ ...files, ...changed }, origin, executable));
  return context;
}

/** A context that `contextOf` made, after what a fix does to files in it. */
export function contextAfter(context: BuildContext, changes: readonly OtherFileChange[]): BuildContext {
  const maker = makers.get(context);
  if (!maker) throw new Error("The context is none of contextOf.");
  return maker(
    Object.fromEntries(
      changes.map((it) => {
        const path = it.file.slice("/context/".length);
        if (it.kind === "create" && context.exists(path) !== "absent") throw new Error(`${path} is there.`);
        if (it.kind === "edit" && context.read(path) !== it.before) throw new Error(`${path} is another.`);
        return [path, it.kind === "create" ? it.text : applyEdits(it.before, it.edits)];
      }),
    ),
  );
}

const makers = new WeakMap<BuildContext, (changed: Readonly<Record<string, string>>) => BuildContext>();
