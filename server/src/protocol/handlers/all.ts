/** Every request's handler, behind one import: they are loaded together, when the first question comes. */
export { answerCodeActions } from "./code-actions.ts";
export { answerCompletion } from "./completion.ts";
export { answerDefinition } from "./definition.ts";
export { answerDiagnostics } from "./diagnostics.ts";
export { answerEffectiveCompose } from "./effective-compose.ts";
export { answerEstimates } from "./estimates.ts";
export { answerFolding } from "./folding.ts";
export { answerHover } from "./hover.ts";
export { answerInlayHints } from "./inlay-hints.ts";
export { answerRuleNames } from "./rule-names.ts";
export { answerServiceBuild } from "./service-build.ts";
export { answerServices } from "./services.ts";
export { answerStages } from "./stages.ts";
export { answerSymbols } from "./symbols.ts";
export { answerVariants } from "./variants.ts";
