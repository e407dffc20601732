import { nearestName } from "../../../text/nearest-name.ts";

/** More names that are nowhere are no slips: they are another file's. Each costs a look at all that there are. */
const MOST_NAMES = 100;

/** Finds what was meant among names that stay the same, each question answered once; see `nearestName`. */
export function nearestAmong(names: Iterable<string>): (name: string) => string | undefined {
  const all = [...names];
  const found = new Map<string, string | undefined>();
  return (name) => {
    if (!found.has(name) && found.size < MOST_NAMES) found.set(name, nearestName(name, all));
    return found.get(name);
  };
}
