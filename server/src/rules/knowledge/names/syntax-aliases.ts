/**
 * What other linters call a syntax problem, by its code, so that their ignore comments silence it too (hadolint's
 * rule list and BuildKit's rule set, read 2026-11).
 */
export const syntaxAliases: Readonly<Record<string, readonly string[]>> = {
  "empty-continuation": ["NoEmptyContinuation"],
  "instruction-before-from": ["DL3061"],
  "invalid-image-reference": ["InvalidDefaultArgInFrom"],
  "invalid-port": ["DL3011", "DS-0008"],
  "missing-from": ["DL3061"],
  "trigger-not-allowed": ["DL3043", "invalid-onbuild-trigger"],
};
