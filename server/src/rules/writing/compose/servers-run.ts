import type { Service } from "../../../model/compose/project.ts";
import { serverOf } from "../../../model/compose/servers/known-server.ts";

/** `PostgreSQL runs in db, spare, and MySQL in shop`: which servers services run, in their order; undefined where they run none. */
export function serversRun(services: readonly Service[]): string | undefined {
  const byTitle = new Map<string, string[]>();
  for (const it of services) {
    const title = serverOf(it)?.title;
    if (title === undefined) continue;
    byTitle.set(title, [...(byTitle.get(title) ?? []), it.name.value]);
  }
  const [first, ...more] = [...byTitle].map(([title, names]) => ({ title, names: names.join(", ") }));
  if (!first) return undefined;
  return [
    `${first.title} runs in ${first.names}`,
    ...more.map(({ title, names }) => `${title} in ${names}`),
  ].join(", and ");
}
