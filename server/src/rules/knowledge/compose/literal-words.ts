import type { Service } from "../../../model/compose/project.ts";
import { baseName } from "../../../model/stage/paths.ts";

/**
 * Programs that take a dollar in a word for a dollar. Others put variables in themselves: shells, `npm run` and `make` hand words to one,
 * Spring reads `${PORT}` in its options, and scripts may do anything.
 */
const TAKES_WORDS_AS_THEY_ARE: ReadonlySet<string> = new Set([
  ...[
    "redis-server",
    "valkey-server",
    "postgres",
    "mysqld",
    "mariadbd",
    "mongod",
    "memcached",
    "rabbitmq-server",
  ],
  ...[
    "redis-cli",
    "valkey-cli",
    "pg_isready",
    "psql",
    "mysql",
    "mariadb",
    "mysqladmin",
    "mariadb-admin",
    "mongosh",
  ],
  ...["curl", "wget", "nc", "rabbitmqctl", "rabbitmq-diagnostics", "etcdctl"],
  ...["gunicorn", "uvicorn", "hypercorn", "flask", "celery", "node", "python", "python3", "nginx", "php-fpm"],
]);

/** Is a dollar in a word of this program one, whatever it is followed by? */
export function takesWordsAsTheyAre(program: string): boolean {
  return TAKES_WORDS_AS_THEY_ARE.has(baseName(program));
}

/** The container's variable in a word of a command that no shell reads: where it is in the word, and its name. */
export interface VariableInWord {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Names of the service's own variables in the words of a program that will not put them in. */
export function variableLeftIn(program: string, word: string, service: Service): VariableInWord | undefined {
  if (!word.includes("$") || !takesWordsAsTheyAre(program)) return undefined;
  for (const match of word.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) {
    const name = match[1] ?? match[2];
    if (name !== undefined && service.environment.some((it) => it.name.value === name))
      return { name, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}
