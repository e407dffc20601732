import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { keyAt } from "../../model/compose/specification/shape-at.ts";
import { composePlaceAt } from "../compose-path.ts";
import { suggestionsFor } from "../knowledge/compose-values.ts";
import { code, stageSummary, stageTitle } from "../stage-text.ts";
import type { Hover } from "./hover.ts";
import { imageText } from "./image-text.ts";

/** What is known of the word at `offset` of a Compose file; undefined for nothing. */
export function hoverCompose(project: ComposeProject, offset: number): Hover | undefined {
  const place = composePlaceAt(project.file, offset);
  if (!place) return undefined;
  const { path, span, onKey, value } = place;
  const [section, name = "", key] = path;
  const service = section === "services" ? project.services.get(name) : undefined;

  if (service && path.length === 2 && onKey) return { span, markdown: serviceText(service) };
  const named = value ?? (onKey ? path.at(-1) : undefined);
  if (key === "depends_on" && named !== undefined && path.length === 4) {
    const other = project.services.get(named);
    if (other) return { span, markdown: serviceText(other) };
  }
  if (service?.imageFacts && key === "image" && !onKey) {
    return { span, markdown: `**${service.image?.value.text ?? ""}**\n\n${imageText(service.imageFacts)}` };
  }
  const stage = service?.build?.stage;
  if (stage && path.slice(2).join(".") === "build.target" && !onKey) {
    return { span, markdown: `**${stageTitle(stage)}**\n\n${stageSummary(stage)}` };
  }
  const known = onKey ? keyAt(path) : undefined;
  if (!known) return undefined;
  const values = suggestionsFor(known.shape);
  const lines = [`**${path.at(-1)}**`, known.summary];
  if (values.length > 0)
    lines.push(`${known.shape.scalar?.values ? "One of" : "For example"} ${values.map(code).join(", ")}.`);
  if (known.deprecated) lines.push("Nothing reads it any more, or something else does the same.");
  return { span, markdown: lines.join("\n\n") };
}

function serviceText({ name, image, imageFacts, build, ports, dependsOn, healthcheck }: Service): string {
  const lines = [
    image && `- Image: ${code(image.value.text)}`,
    build &&
      `- Built from: ${code(build.context?.value ?? ".")}${build.stage ? `, ${stageTitle(build.stage)}` : ""}`,
    ports.length > 0 &&
      `- Ports: ${ports.map((it) => code(`${it.published ?? ""}:${it.target ?? "?"}`)).join(", ")}`,
    dependsOn.length > 0 &&
      `- Waits for: ${dependsOn.map((it) => `${code(it.service.value)} (${it.condition?.value ?? "service_started"})`).join(", ")}`,
    healthcheck && `- Health check: ${healthcheck.disabled ? "switched off" : "yes"}`,
  ].filter((it) => typeof it === "string");
  const facts = imageFacts ? `\n\n${imageText(imageFacts)}` : "";
  return `**${name.value}**\n\n${lines.join("\n")}${facts}`;
}
