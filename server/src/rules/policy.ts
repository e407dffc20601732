/**
 * What a project demands beyond what Docker does: which registries it trusts, which labels its images carry. Nothing is
 * demanded by default. Read from `.plimsoll.yaml`, `.hadolint.yaml` or the settings, and handed in as data.
 */
export interface Policy {
  /** Registries that FROM may name (`docker.io`, `*.example.com`); undefined when any may be. */
  readonly trustedRegistries: readonly string[] | undefined;
  /** Labels that an image has to have, and what their values are. */
  readonly labels: Readonly<Record<string, LabelKind>>;
  /** Whether other labels than `labels` are reported. */
  readonly strictLabels: boolean;
}

/** As hadolint's `label-schema` names them (README, read 2026-11). */
export type LabelKind = "text" | "rawtext" | "url" | "rfc3339" | "spdx" | "hash" | "semver" | "email";

export const noPolicy: Policy = { trustedRegistries: undefined, labels: {}, strictLabels: false };

/** Settings are read anew now and then, and say the same most often. */
export function textOf(policy: Policy): string {
  const known = policies.get(policy);
  if (known !== undefined) return known;
  const text = JSON.stringify(policy);
  policies.set(policy, text);
  return text;
}

/** Asked for with each stage and service. */
const policies = new WeakMap<Policy, string>();
