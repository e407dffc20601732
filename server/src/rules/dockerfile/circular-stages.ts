import type { Stage } from "../../model/stage/stage.ts";
import { needsOf } from "../../model/stage/stage-graph.ts";
import { source } from "../../text/source.ts";
import { copySources } from "../knowledge/files/copy-sources.ts";
import { isNamedContext } from "../knowledge/stages/named-contexts.ts";
import { type StageNeed, stageNeeds } from "../knowledge/stages/stage-needs.ts";
import { dockerfileRule, type Related, type Report } from "../rule.ts";

export const circularStages = dockerfileRule({
  id: "circular-stages",
  title: "Stages that need each other, or themselves",
  severity: "error",
  tags: ["build"],
  aliases: ["circular-stage-deps", "DL3022", "DL3023", "DS-0006"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports stages that go round in a circle: by \`COPY --from\`, \`RUN --mount=from=\` and FROM each of them needs the
      other, or a stage copies from itself. A later stage that needs nothing back is reported by \`unknown-stage\`.`,
    why: source`
      No stage of a circle can be built first. BuildKit refuses the file with "circular dependency detected on stage",
      also when the stage that is built needs none of them.`,
    bad: source`
      FROM alpine:3.24 AS assets
      COPY --from=server /api/schema.json /
                  ^^^^^^ circular-stages: assets and server need each other, so that neither can be built.
      FROM alpine:3.24 AS server
      COPY --from=assets /schema.json /`,
    good: source`
      FROM alpine:3.24 AS schema
      COPY schema.json /api/
      FROM alpine:3.24 AS assets
      COPY --from=schema /api/schema.json /
      FROM alpine:3.24 AS server
      COPY --from=assets /schema.json /`,
  },

  check(model, report) {
    for (const stage of model.stages) checkItself(stage, report);
    // A way back to where it began needs a later stage somewhere.
    if (!model.stages.some((it) => needsOf(it).some((on) => on.index > it.index))) return;
    const needs = model.stages.map(stageNeeds);
    for (const circle of circlesOf(needs)) {
      const [first, ...others] = circle;
      if (!first) continue;
      const names = circle.map((it) => nameOf(it.of));
      const message =
        names.length === 2
          ? `${names.join(" and ")} need each other, so that neither can be built.`
          : `${names.join(", ")} need each other in a circle, so that none of them can be built.`;
      report(first.span, message, { related: others.map(reasonOf), aliases: ["circular-stage-deps"] });
    }
  },
});

/** BuildKit calls this a circular dependency too. A number is a stage for COPY, and the name of an image for a mount. */
function checkItself(stage: Stage, report: Report): void {
  // Which the graph knows already; an edit leaves most of it as it was.
  if (!needsOf(stage).includes(stage)) return;
  const { model, nameWord } = stage;
  for (const instruction of stage.instructions)
    for (const { name, span, isMount } of copySources(instruction)) {
      const isNumber = /^\d+$/.test(name);
      if (isNumber && isMount) continue;
      if (model.findStage(name) !== stage || isNamedContext(name, model)) continue;
      const related = nameWord ? [{ message: "The stage is named here.", span: nameWord.span }] : [];
      report(
        span,
        `${isNumber ? `Stage ${name}` : name} is this stage, and a stage cannot copy from itself.`,
        {
          related: isNumber ? [] : related,
          // hadolint takes the number for one of a stage that is not there.
          aliases: ["circular-stage-deps", ...(isNumber ? ["DL3022"] : ["DL3023", "DS-0006"])],
        },
      );
    }
}

/** A way of needs that ends where it began, from the first stage on, with the forward reference at its start. */
type Circle = readonly StageNeed[];

/**
 * One circle for each need of a later stage that needs the first in turn, as far as no stage is in two of them. Linear:
 * a stage that was found to lead nowhere back is not looked at again.
 */
function circlesOf(needs: readonly (readonly StageNeed[])[]): Circle[] {
  const circles: Circle[] = [];
  const done = new Set<number>();
  for (let start = 0; start < needs.length; start++) {
    if (done.has(start)) continue;
    const path: StageNeed[] = [];
    const onPath = new Map<number, number>([[start, 0]]);
    const iterators = [needs[start]?.values()];
    while (iterators.length > 0) {
      const next = iterators.at(-1)?.next();
      if (!next || next.done) {
        iterators.pop();
        const left = path.pop();
        onPath.delete(left?.on.index ?? start);
        done.add(left?.on.index ?? start);
        continue;
      }
      const need = next.value;
      const at = onPath.get(need.on.index);
      if (at !== undefined && circles.length >= MOST_CIRCLES) continue;
      if (at !== undefined) circles.push(fromForward([...path.slice(at), need]));
      else if (!done.has(need.on.index)) {
        path.push(need);
        onPath.set(need.on.index, path.length);
        iterators.push(needs[need.on.index]?.values());
      }
    }
  }
  return oncePerPlace(circles);
}

/** One is enough to refuse the file; each costs its way round. */
const MOST_CIRCLES = 100;

/** Each circle has a need of a later stage: that one is the odd one out. */
function fromForward(circle: readonly StageNeed[]): Circle {
  const at = circle.findIndex((it) => it.on.index > it.of.index);
  return [...circle.slice(at), ...circle.slice(0, at)];
}

function oncePerPlace(circles: readonly Circle[]): Circle[] {
  const places = new Set<number>();
  return circles.filter(([first]) => {
    const place = first?.span.start ?? -1;
    return !places.has(place) && places.add(place);
  });
}

function nameOf(stage: Stage): string {
  return stage.name ?? `stage ${stage.index}`;
}

function reasonOf({ of, on, span }: StageNeed): Related {
  return { message: `${nameOf(of)} needs ${nameOf(on)}.`, span };
}
