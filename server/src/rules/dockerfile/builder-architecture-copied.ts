import type { Stage } from "../../model/stage/stage.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type BuiltBinary, builtBinaries, scriptsMention } from "../knowledge/binaries/built-by.ts";
import { dockerfileRule, type Fix } from "../rule.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const builderArchitectureCopied = dockerfileRule({
  id: "builder-architecture-copied",
  title: "Binary of the builder's architecture in an image for another",
  severity: "warning",
  tags: ["build", "run"],
  aliases: ["S36", "cross-stage-not-cross-compiled"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`go build\` and \`cargo build\` without a target in a stage that runs on the builder's own platform
      (\`FROM --platform=$BUILDPLATFORM\`), whose binary is copied to a stage for the target platform.`,
    why: source`
      On one machine both platforms are the same and all is well. A build for another one, as \`linux/arm64\` from
      a PC or \`linux/amd64\` from a Mac, puts a binary of the wrong architecture into the image: "exec format error".`,
    bad: source`
      FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/api .
                        ^^^^^^^^ builder-architecture-copied: This builds for the builder's own architecture, and /api is copied to an image for the target's.
      FROM scratch
      COPY --from=builder /out/api /api`,
    good: source`
      FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
      ARG TARGETOS TARGETARCH
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /out/api .
      FROM scratch
      COPY --from=builder /out/api /api`,
  },

  check(model, report) {
    if (!model.stages.some(isOnBuilder)) return;
    const reported = new Set<number>();
    for (const stage of model.stages) {
      if (stage.platform || stage.base.kind === "stage") continue;
      for (const built of builtBinaries(stage)) {
        const { builder, command, path } = built;
        const verb = command.arguments.find(
          (it) => it.literal !== undefined && /^(build|install|b|rustc)$/.test(it.literal),
        );
        if (!command.name || !verb || !isOnBuilder(builder) || choosesTarget(built)) continue;
        if (reported.has(command.span.start)) continue;
        reported.add(command.span.start);
        const span = { start: command.name.span.start, end: verb.span.end };
        report(
          span,
          `This builds for the builder's own architecture, and ${path} is copied to an image for the target's.`,
          {
            related: [
              {
                message: "The stage runs on the builder's platform.",
                span: platformOf(builder)?.span ?? builder.from.keyword,
              },
              { message: "This stage is for the target's platform.", span: stage.from.span },
            ],
            fixes: fixesOf(built),
          },
        );
      }
    }
  },
});

function platformOf(stage: Stage): Stage["platform"] {
  return stage.bottom.platform;
}

function isOnBuilder(stage: Stage): boolean {
  return /^\$\{?BUILDPLATFORM\}?$/.test(platformOf(stage)?.value ?? "");
}

/** A variable, an option or a tool that cross-compiles, anywhere in the stage or below: then it is thought of. */
function choosesTarget({ binary, builder }: BuiltBinary): boolean {
  const isGo = binary.language === "go";
  const variables = isGo ? ["GOARCH", "GOFLAGS"] : ["CARGO_BUILD_TARGET"];
  const state = builder.before(binary.builtBy);
  if (variables.some((it) => state.isSet(it).is !== "no")) return true;
  // GOOS says the system alone; one for another system than the image's is no slip.
  const system = isGo ? state.variable("GOOS") : undefined;
  if (system?.known && system.value !== "linux") return true;
  const pattern = isGo
    ? /GOARCH|GOOS=["']?(?!linux|\$\{?TARGETOS)|\bxx-|goxx|TARGET(ARCH|PLATFORM)|\bgo\s+env\s+-w|buildx/
    : /--target\b|CARGO_BUILD_TARGET|\bxx-|TARGET(ARCH|PLATFORM)|cargo-zigbuild|\bcross\b/;
  for (let it: Stage | undefined = builder; it; it = it.base.kind === "stage" ? it.base.stage : undefined)
    if (scriptsMention(it, pattern)) return true;
  const { context } = builder.model.inputs;
  return (
    !isGo &&
    [".cargo/config.toml", ".cargo/config"].some((it) => /\btarget\s*=/.test(context?.read(it) ?? ""))
  );
}

function fixesOf({ binary, builder, command }: BuiltBinary): Fix[] {
  if (binary.language !== "go" || binary.builtBy.exec) return [];
  const { file } = builder.model;
  const isSystemSaid =
    builder.before(binary.builtBy).isSet("GOOS").is !== "no" || scriptsMention(builder, /\bGOOS=/);
  const system = isSystemSaid ? "" : "GOOS=$TARGETOS ";
  const missing = (isSystemSaid ? ["TARGETARCH"] : ["TARGETOS", "TARGETARCH"]).filter(
    (it) => builder.before(binary.builtBy).isSet(it).is === "no",
  );
  const edits = [
    ...(missing.length > 0 ? [insertAbove(file, binary.builtBy, `ARG ${missing.join(" ")}`)] : []),
    insert(command.span.start, `${system}GOARCH=$TARGETARCH `),
  ];
  return [{ kind: "unsafe", title: "Build for the target platform", edits }];
}
