import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import type { Engine } from "../../engine/engine.ts";
import type { ListedImage } from "../../engine/images/store-types.ts";
import { formatAge } from "../../shared/age.ts";
import { formatBytes } from "../../shared/figures.ts";
import { keysOf, TreeEntry } from "../tree-entry.ts";
import { repositoryOf, tagOf } from "./image-name.ts";

/** Rows of the view “Images”: a row a repository, with its tags; images without a name apart, at the end. */
export async function imageEntries(engine: Engine): Promise<readonly TreeEntry[]> {
  const images = await engine.store.images();
  const now = Date.now();
  const groups = new Map<string, TreeEntry[]>();
  const dangling: ListedImage[] = [];
  for (const image of images) {
    const names = image.tags.length > 0 ? image.tags : image.digests;
    if (names.length === 0) dangling.push(image);
    for (const name of names) {
      const repository = repositoryOf(name);
      const rows = groups.get(repository) ?? [];
      groups.set(repository, [...rows, imageEntry(image, name, now)]);
    }
  }
  const named = [...groups].toSorted(([one], [other]) => one.localeCompare(other));
  return [
    ...named.map(([repository, rows]) => groupEntry(repository, rows)),
    ...(dangling.length > 0 ? [danglingEntry(dangling, now)] : []),
  ];
}

function groupEntry(repository: string, children: readonly TreeEntry[]): TreeEntry {
  const item = new TreeItem(repository, TreeItemCollapsibleState.Expanded);
  item.id = `group ${repository}`;
  item.iconPath = new ThemeIcon("package");
  item.contextValue = "repository";
  if (children.length > 1) item.description = l10n.t("{0} images", children.length);
  return new TreeEntry({ item, children });
}

function danglingEntry(images: readonly ListedImage[], now: number): TreeEntry {
  const item = new TreeItem(l10n.t("Dangling"), TreeItemCollapsibleState.Collapsed);
  item.id = "dangling";
  item.iconPath = new ThemeIcon("circle-slash");
  item.contextValue = "dangling";
  item.description =
    images.length === 1
      ? l10n.t("1 image without a name")
      : l10n.t("{0} images without a name", images.length);
  item.tooltip = l10n.t("Their name went to a later build. Prune removes those that no container needs.");
  return new TreeEntry({ item, children: images.map((it) => imageEntry(it, undefined, now)) });
}

function imageEntry(image: ListedImage, name: string | undefined, now: number): TreeEntry {
  const reference = name ?? image.id;
  const short = shortId(image.id);
  const label = name === undefined ? short : (tagOf(name) ?? name.replace(/^.*@/, "").slice(0, 19));
  const item = new TreeItem(label);
  item.id = `${image.id} ${name ?? ""}`;
  const isUsed = image.containers.length > 0;
  item.contextValue = name === undefined ? "image dangling" : "image named";
  item.iconPath = new ThemeIcon("layers", isUsed ? new ThemeColor("charts.green") : undefined);
  const sizes = sizesOf(image);
  const age = formatAge(now - image.created);
  const use =
    image.containers.length === 1
      ? l10n.t("in use by 1 container")
      : l10n.t("in use by {0} containers", image.containers.length);
  const parts = [sizes, age, ...image.platforms, ...(isUsed ? [use] : [])];
  item.description = parts.join(" · ");
  item.tooltip = tooltipOf(image, reference, sizes, age);
  item.accessibilityInformation = { label: [reference.replace(image.id, short), ...parts].join(", ") };
  return new TreeEntry({
    item,
    key: reference,
    answers: (selected) => ({
      image: reference,
      images: keysOf(selected),
      preselected: keysOf(selected),
      confirm: true,
    }),
  });
}

function sizesOf({ onDisk, transfer }: ListedImage): string {
  const disk = l10n.t("{0} on disk", formatBytes(onDisk));
  return transfer === undefined ? disk : `${disk}, ${l10n.t("{0} transfer", formatBytes(transfer))}`;
}

function tooltipOf(image: ListedImage, reference: string, sizes: string, age: string): MarkdownString {
  const text = new MarkdownString();
  const row = (name: string, value: string) => {
    text.appendMarkdown(`\n- ${name}: `);
    text.appendText(value);
  };
  text.appendMarkdown("**");
  text.appendText(reference.replace(image.id, shortId(image.id)));
  text.appendMarkdown("**\n");
  row(l10n.t("Size"), sizes);
  row(l10n.t("Created"), `${new Date(image.created).toLocaleString()} (${age})`);
  row(l10n.t("Platform"), image.platforms.join(", ") || l10n.t("not told"));
  row(l10n.t("Id"), shortId(image.id));
  if (image.tags.length > 1) row(l10n.t("Names"), image.tags.join(", "));
  row(l10n.t("Containers"), image.containers.join(", ") || l10n.t("none"));
  return text;
}

/** The first 12 digits of an image's or container's id, as `docker` shows them. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}
