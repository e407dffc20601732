/** Samples of what may be written at a place of a Compose file, as JSON, which is YAML. */
export const samples: readonly string[] = [
  '"text"',
  '"5"',
  "5",
  "1.5",
  "true",
  '"true"',
  '"yes"',
  '"30s"',
  '"30x"',
  '"10mb"',
  '"1.5"',
  '""',
  "-1",
  "null",
  "[]",
  '["a"]',
  '["a","a"]',
  "[5]",
  "[null]",
  "[{}]",
  "{}",
  '{"zz":"b"}',
  '{"zz":5}',
  '{"zz":null}',
  '{"zz":["b"]}',
  '{"zz":{}}',
  '{"x-a":1}',
];

type Mapping = Record<string, unknown>;
type Step = string | number;

/**
 * A Compose file in which everything is right but for what stands at `path` (`services.k.ports.0.target`, `k` for a name that
 * the user chooses, `0` for an entry of a list): that is `sample`.
 */
export function fileWith(path: string, sample: string): string {
  const steps: readonly Step[] = path.split(".").map((it) => (/^\d+$/.test(it) ? Number(it) : it));
  const file = sound();
  let at: Mapping | unknown[] = file;
  steps.slice(0, -1).forEach((step, index) => {
    const here = steps.slice(0, index + 1).join(".");
    const next: Mapping | unknown[] = typeof steps[index + 1] === "number" ? [] : { ...beside(here) };
    if (Array.isArray(at)) {
      at.push(next);
      at = next;
      return;
    }
    const name = here === "services.k.depends_on.k" ? "other" : String(step);
    const before = at[name];
    const merged: Mapping | unknown[] =
      isMapping(before) && !Array.isArray(next) ? { ...before, ...next } : next;
    at[name] = merged;
    at = merged;
  });
  const value: unknown = JSON.parse(sample);
  const last = steps.at(-1) ?? "";
  if (Array.isArray(at)) at.push(value);
  else at[path === "services.k.depends_on.k" ? "other" : last] = value;
  return JSON.stringify(file);
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whatever a sample may be the name of is there. */
function sound(): Mapping {
  const files = () => ({ k: { file: "./e.env" }, a: { file: "./e.env" }, text: { file: "./e.env" } });
  const other = () => ({ image: "y" });
  return {
    services: { k: { image: "x" }, other: other(), a: other(), text: other() },
    networks: { a: {}, k: {}, text: {} },
    volumes: { v: {}, text: {}, a: {} },
    secrets: files(),
    configs: files(),
    models: { k: { model: "m" }, a: { model: "m" } },
  };
}

/** What has to stand beside a key of the mapping at a path. */
function beside(path: string): Mapping {
  return needed.find(([pattern]) => pattern.test(path))?.[1] ?? {};
}

const needed: readonly (readonly [RegExp, Mapping])[] = [
  [/^services\.k$/, { image: "x" }],
  [/\.ports\.0$/, { target: 80 }],
  [/^services\.k\.volumes\.0$/, { type: "volume", source: "v", target: "/t" }],
  [/\.watch\.0$/, { path: ".", action: "rebuild" }],
  [/\.(?:reservations\.devices|gpus)\.0$/, { capabilities: ["gpu"] }],
  [/^services\.k\.devices\.0$/, { source: "/dev/a" }],
  [/\.env_file\.0$/, { path: "e.env" }],
  [/^services\.k\.depends_on\.k$/, { condition: "service_started" }],
  [/\.extends$/, { service: "other" }],
  [/\.provider$/, { type: "x" }],
  [/\.ulimits\.k$/, { soft: 1, hard: 2 }],
  [/^services\.k\.(?:build\.)?(?:secrets|configs)\.0$/, { source: "k" }],
  [/^(?:secrets|configs)\.k$/, { file: "./e.env" }],
  [/^models\.k$/, { model: "m" }],
  [/\.(?:post_start|pre_stop)\.0$|\.exec$/, { command: ["a"] }],
  [/^services\.k\.build$/, { context: "." }],
  [/^include\.0$/, { path: "inc.yaml" }],
  [/\.weight_device\.0$/, { path: "/dev/a", weight: 5 }],
  [/\.device_(?:read|write)_\w+\.0$/, { path: "/dev/a", rate: 5 }],
];
