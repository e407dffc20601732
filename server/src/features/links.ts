import { parseImageReference } from "../model/image/reference.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import { joinPath } from "../model/stage/paths.ts";
import type { Stage } from "../model/stage/stage.ts";
import { contextSources } from "../rules/knowledge/files/context-sources.ts";
import { entriesOf, itemsOf, valueAt } from "../syntax/compose/find.ts";
import type { YamlNode } from "../syntax/compose/tree.ts";
import type { Instruction } from "../syntax/dockerfile/tree.ts";
import type { Span } from "../text/span.ts";
import { buildsIn } from "./names/builds.ts";
import { type PlacedText, textPlace, textPlaceWithHoles } from "./names/places.ts";
import type { ComposeSource } from "./names/sources.ts";
import { registryPage } from "./registry-page.ts";

/** A place that leads to a file or a page. */
export interface Link {
  readonly span: Span;
  /** Absolute path, or address of a page. */
  readonly target: { readonly file: string } | { readonly page: string };
}

/** Files that a Compose file names, as far as they are there, and the pages of its images. */
export function composeLinks(source: ComposeSource, isFile: (path: string) => boolean): readonly Link[] {
  const { root } = source.file;
  const links: Link[] = [];
  const add = (text: PlacedText | undefined, path: string | undefined) => {
    if (text?.value && path !== undefined && isFile(path))
      links.push({ span: text.span, target: { file: path } });
  };
  const addPath = (node: YamlNode | undefined) => {
    const text = textPlace(source, node);
    add(text, text && source.resolve(text.value));
  };
  const addPaths = (node: YamlNode | undefined) => {
    for (const it of node?.kind === "sequence" ? itemsOf(node) : [node])
      addPath(it?.kind === "mapping" ? valueAt(it, "path") : it);
  };

  for (const item of itemsOf(valueAt(root, "include"))) {
    if (item.kind !== "mapping") addPath(item);
    else {
      addPaths(valueAt(item, "path"));
      addPaths(valueAt(item, "env_file"));
    }
  }
  for (const section of ["secrets", "configs"])
    for (const { value } of entriesOf(valueAt(root, section))) addPath(valueAt(value, "file"));
  for (const { value: service } of entriesOf(valueAt(root, "services"))) {
    addPaths(valueAt(service, "env_file"));
    addPaths(valueAt(service, "label_file"));
    addPath(valueAt(valueAt(service, "extends"), "file"));
    for (const it of itemsOf(valueAt(service, "volumes"))) addMount(it);
    addImage(valueAt(service, "image"));
  }
  for (const { node, dockerfile } of buildsIn([source])) {
    // The folder itself cannot be shown as a text, so its link leads to what is built there.
    add(textPlace(source, node.kind === "mapping" ? valueAt(node, "context") : node), dockerfile);
    add(textPlace(source, valueAt(node, "dockerfile")), dockerfile);
  }
  return oncePerPlace(links);

  function addMount(node: YamlNode): void {
    if (node.kind === "mapping") {
      const type = textPlace(source, valueAt(node, "type"))?.value;
      if (type === "bind") addPath(valueAt(node, "source"));
      return;
    }
    const text = textPlaceWithHoles(source, node);
    const path = /^[./][^:]*(?=:)/.exec(text?.value ?? "")?.[0];
    if (!text || path === undefined) return;
    const target = source.resolve(path);
    if (isFile(target)) links.push({ span: text.spanOf(0, path.length), target: { file: target } });
  }

  function addImage(node: YamlNode | undefined): void {
    const text = textPlace(source, node);
    const page = text?.value ? registryPage(parseImageReference(text.value)) : undefined;
    if (text && page !== undefined) links.push({ span: text.span, target: { page } });
  }
}

/**
 * The pages of the images that stages are built on or take files from, and the files that COPY and ADD take from the build context.
 * `folder` is the absolute path of the context.
 */
export function dockerfileLinks(model: DockerfileModel, folder?: string): readonly Link[] {
  return model.stages.flatMap((stage): readonly Link[] => {
    const { base, instructions } = stage;
    const page = base.kind === "image" ? registryPage(base.image) : undefined;
    return [
      ...(base.word && page !== undefined ? [{ span: base.word.span, target: { page } }] : []),
      ...instructions.flatMap((it) => [...takenImages(it, stage), ...copiedFiles(it, stage, folder)]),
    ];
  });
}

/** `COPY --from=nginx:1.30`, where that is no stage of the file. */
function takenImages({ name, flags }: Instruction, stage: Stage): readonly Link[] {
  const from = name === "COPY" ? flags.find((it) => it.name === "from") : undefined;
  if (!from?.value || !from.valueSpan || from.value.includes("$")) return [];
  const { model } = stage;
  const isKnown = model.findStage(from.value) || model.inputs.contexts?.includes(from.value);
  // A word alone may be a named context as well.
  const page =
    isKnown || !/[:/@]/.test(from.value) ? undefined : registryPage(parseImageReference(from.value));
  return page === undefined ? [] : [{ span: from.valueSpan, target: { page } }];
}

function copiedFiles(copy: Instruction, stage: Stage, folder: string | undefined): readonly Link[] {
  const { context } = stage.model.inputs;
  if (!context || folder === undefined) return [];
  return contextSources(copy, stage)
    .filter(({ path, isPattern }) => !isPattern && path !== "" && context.exists(path) === "file")
    .map(({ word, path }) => ({ span: word.span, target: { file: joinPath(folder, path) } }));
}

/** What stands behind an alias is met once for each. */
function oncePerPlace(links: readonly Link[]): readonly Link[] {
  return [...new Map(links.map((it) => [it.span.start, it])).values()].toSorted(
    (a, b) => a.span.start - b.span.start,
  );
}
