import { nearestName } from "../../../text/nearest-name.ts";
import { expandWord, UNKNOWN } from "../expand.ts";
import { instructionNames, NOT_TRIGGERS } from "../forms.ts";
import type { InstructionNode } from "../instruction.ts";
import { checkCopy } from "./copy.ts";
import { checkFlags } from "./flags.ts";
import { checkFrom } from "./from.ts";
import { checkHealthCheck } from "./health-check.ts";
import { checkAssignments, checkDeclarations } from "./pairs.ts";
import { checkPorts } from "./ports.ts";
import { argumentsSpan, type Check, missingArguments, type Reports } from "./report.ts";
import { checkRun } from "./run.ts";
import { checkSignal } from "./signals.ts";
import { checkSubstitutions } from "./substitutions.ts";

const needsArguments: Check = (instruction, reports) => {
  if (instruction.words.length === 0) missingArguments(instruction, reports);
};

const checkShell: Check = (instruction, reports) => {
  if (instruction.words.length === 0) missingArguments(instruction, reports);
  else if (!instruction.exec) {
    const message = 'SHELL takes exec form: `SHELL ["/bin/sh", "-c"]`.';
    reports.report("shell-not-json", message, argumentsSpan(instruction));
  }
};

const checkVolume: Check = (instruction, reports, escapeCharacter) => {
  if (instruction.words.length === 0) missingArguments(instruction, reports);
  for (const { raw, span } of instruction.words) {
    const { value } = expandWord(raw, () => UNKNOWN, escapeCharacter);
    if (value?.trim() === "") reports.report("empty-volume", "A volume cannot be an empty string.", span);
  }
};

const checkTrigger: Check = (instruction, reports, escapeCharacter) => {
  const { inner } = instruction;
  if (!inner) {
    missingArguments(instruction, reports);
  } else if (NOT_TRIGGERS.has(inner.name)) {
    reports.report("trigger-not-allowed", `${inner.name} cannot stand behind ONBUILD.`, inner.keyword);
  } else {
    const warn = reports.later ?? reports.report;
    checkInstruction(inner, { refuse: reports.refuse, report: warn }, escapeCharacter);
  }
};

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["ADD", checkCopy],
  ["ARG", checkDeclarations],
  ["COPY", checkCopy],
  ["ENV", checkAssignments],
  ["EXPOSE", checkPorts],
  ["FROM", checkFrom],
  ["HEALTHCHECK", checkHealthCheck],
  ["LABEL", checkAssignments],
  ["MAINTAINER", needsArguments],
  ["ONBUILD", checkTrigger],
  ["RUN", checkRun],
  ["SHELL", checkShell],
  ["STOPSIGNAL", checkSignal],
  ["USER", needsArguments],
  ["VOLUME", checkVolume],
  ["WORKDIR", needsArguments],
]);

/** Reports what BuildKit refuses in one instruction. */
export function checkInstruction(
  instruction: InstructionNode,
  reports: Reports,
  escapeCharacter: string,
): void {
  const { name, keyword } = instruction;
  if (!instruction.isKnown) {
    const suggestion = nearestName(name, instructionNames);
    const hint = suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
    reports.report("unknown-instruction", `There is no instruction ${name}.${hint}`, keyword, suggestion);
    return;
  }
  checkFlags(instruction, reports);
  if (instruction.execForm.kind === "not-strings") {
    const message = "In exec form all elements are strings.";
    reports.refuse("exec-form-not-strings", message, argumentsSpan(instruction));
    return;
  }
  CHECKS.get(name)?.(instruction, reports, escapeCharacter);
  checkSubstitutions(instruction, reports.report, escapeCharacter);
}
