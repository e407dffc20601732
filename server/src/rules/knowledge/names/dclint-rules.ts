/** Names of dclint's rules (3.1.0, docs/rules.md, read 2026-11) that can be set; what makes a file invalid cannot. */
export const dclintRules: ReadonlySet<string> = new Set([
  "no-build-and-image",
  "no-duplicate-container-names",
  "no-duplicate-exported-ports",
  "no-quotes-in-volumes",
  "no-unbound-port-interfaces",
  "no-version-field",
  "require-project-name-field",
  "require-quotes-in-ports",
  "service-container-name-regex",
  "service-dependencies-alphabetical-order",
  "service-image-require-explicit-tag",
  "service-keys-order",
  "service-ports-alphabetical-order",
  "services-alphabetical-order",
  "top-level-properties-order",
]);
