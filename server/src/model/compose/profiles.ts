import type { Service } from "./project.ts";

/**
 * Do two services certainly run at the same time: neither has a profile, or one profile starts both? A service without
 * profiles may have been stopped for the one that stands in for it.
 */
export function runTogether(one: Service, other: Service): boolean {
  if (one.replicas?.value === 0 || other.replicas?.value === 0) return false;
  const others = other.profiles.map((it) => it.value);
  if (one.profiles.length === 0) return others.length === 0;
  return one.profiles.some((it) => others.includes(it.value));
}
