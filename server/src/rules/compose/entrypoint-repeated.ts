import { removeItem } from "../../model/compose/edit/remove-item.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { baseName } from "../../model/stage/paths.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import { remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const entrypointRepeated = composeRule({
  id: "entrypoint-repeated",
  title: "Command that names the program of the entrypoint again",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`command: ollama serve\` where the image's entrypoint is \`ollama\` already, and the same of images of Prometheus and
      its exporters, Keycloak, MinIO's \`mc\`, \`migrate\`, \`stripe\`, \`rclone\`, \`restic\`, \`terraform\`, \`aws\`, \`kubectl\`,
      \`k6\`, \`trivy\` and \`certbot\`. Nothing is said where the service has an entrypoint of its own.`,
    why: source`
      The command is what the entrypoint is given: \`ollama ollama serve\` is started. The program knows no command of its own
      name, says so and ends.`,
    bad: source`
      services:
        llm:
          image: ollama/ollama:0.12.6
          command: ollama serve
                   ^^^^^^ entrypoint-repeated: The entrypoint is ollama already, and it knows no command ollama.`,
    good: source`
      services:
        llm:
          image: ollama/ollama:0.12.6
          command: serve`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const program = programOf(service);
      const [first] = service.command?.words ?? [];
      if (program === undefined || first === undefined || baseName(first) !== program) continue;
      const place = placeOf(project, service, first);
      if (!place) continue;
      once(place.span, `The entrypoint is ${program} already, and it knows no command ${program}.`, {
        related: service.image
          ? [{ message: `The image is ${service.image.value.text}.`, span: service.image.span }]
          : [],
        fixes: place.fixes,
      });
    }
  },
});

/**
 * Images whose ENTRYPOINT is the program itself, and programs that end where they are given a word that is none of their commands
 * (those of cobra, kingpin, picocli, argparse and of their own). The Dockerfiles of Keycloak, MinIO's mc, migrate,
 * rclone, restic, Terraform, the AWS CLI, Bitnami's kubectl, k6, Trivy and Certbot were read 2026-11-27, and so was what people were told by
 * ollama/ollama ("unknown command "ollama" for "ollama""), prometheus/prometheus#17378 and stripe/stripe-cli#1100; what the other
 * programs say is as generally known.
 */
const PROGRAMS: readonly (readonly [image: RegExp, program: string])[] = [
  [/^ollama\/ollama$/, "ollama"],
  ...["prometheus", "alertmanager", "pushgateway"].map(
    (it) => [new RegExp(`^(?:prom|quay\\.io/prometheus)/${it}$`), it] as const,
  ),
  [/^(?:prom|quay\.io\/prometheus)\/node-exporter$/, "node_exporter"],
  [/^(?:prom|quay\.io\/prometheus)\/blackbox-exporter$/, "blackbox_exporter"],
  [/^(?:prometheuscommunity|quay\.io\/prometheuscommunity)\/postgres-exporter$/, "postgres_exporter"],
  [/^(?:quay\.io\/)?keycloak\/keycloak$/, "kc.sh"],
  [/^(?:quay\.io\/)?minio\/mc$/, "mc"],
  [/^migrate\/migrate$/, "migrate"],
  [/^stripe\/stripe-cli$/, "stripe"],
  [/^rclone\/rclone$/, "rclone"],
  [/^restic\/restic$/, "restic"],
  [/^hashicorp\/terraform$/, "terraform"],
  [/^amazon\/aws-cli$/, "aws"],
  [/^bitnami(?:legacy)?\/kubectl$/, "kubectl"],
  [/^grafana\/k6$/, "k6"],
  [/^aquasec\/trivy$/, "trivy"],
  [/^certbot\/(?:certbot|dns-\w+)$/, "certbot"],
];

function programOf({ image, imageBuild, build, entrypoint, complete, node }: Service): string | undefined {
  if (!image || build || imageBuild || entrypoint || !complete || valueAt(node, "entrypoint"))
    return undefined;
  const { name } = image.value;
  return PROGRAMS.find(([it]) => it.test(name))?.[1];
}

interface Place {
  readonly span: Span;
  readonly fixes: readonly Fix[];
}

/** The first word, and what takes it away. */
function placeOf({ file }: ComposeProject, { node }: Service, first: string): Place | undefined {
  const command = valueAt(node, "command");
  const scalar = command?.kind === "scalar" ? command : itemsOf(command)[0];
  if (scalar?.kind !== "scalar") return undefined;
  if (command?.kind !== "scalar") {
    const edits = node && removeItem(file, node, "command", scalar);
    return { span: scalar.span, fixes: edits ? [withoutIt(edits)] : [] };
  }
  const at = scalar.value.indexOf(first);
  if (at < 0) return undefined;
  const span = spanInside(file.text, scalar, at, at + first.length);
  const behind = /^[ \t]+(?=\S)/.exec(file.text.slice(span.end))?.[0] ?? "";
  const isWritten = file.text.slice(span.start, span.end) === first && behind !== "" && !scalar.viaAlias;
  return { span, fixes: isWritten ? [withoutIt([remove({ ...span, end: span.end + behind.length })])] : [] };
}

function withoutIt(edits: Fix["edits"]): Fix {
  return { kind: "safe", title: "Leave its arguments alone in command", edits };
}
