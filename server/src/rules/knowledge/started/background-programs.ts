import type { StartedCommand } from "../../../model/stage/started/started-word.ts";

/**
 * A program that leaves the foreground: it starts itself once more behind and ends. From the programs' own manuals (read 2026-11).
 * The words are looked at as one line, a blank between two.
 */
export interface BackgroundProgram {
  readonly name: RegExp;
  /** It does so with these words only; without them it stays. */
  readonly with?: RegExp;
  /** It does so unless one of these is there. */
  readonly unless?: RegExp;
  /** Words that keep it in front. */
  readonly foreground?: readonly string[];
  /** A file that may keep it in front too, and how such a file is spoken of in a Dockerfile. */
  readonly settings?: RegExp;
}

const programs: readonly BackgroundProgram[] = [
  {
    name: /^nginx$/,
    unless: /(?:^|\s)-[tTvVh?scpg]|daemon\s+off/,
    foreground: ["-g", "daemon off;"],
    settings: /nginx(?!\/(?:conf\.d|sites-|templates|html))(?!:)|daemon/,
  },
  { name: /^service$/, with: /^\S+ (?:re)?start\b/ },
  { name: /^(?:rc-service|invoke-rc\.d)$/, with: /\s(?:re)?start\b/ },
  {
    name: /^apache(?:2)?ctl$/,
    with: /(?:^|\s|-k\s*)(?:start|restart|graceful)$/,
    unless: /FOREGROUND|(?:^|\s)-X/,
    foreground: ["-D", "FOREGROUND"],
  },
  { name: /^(?:httpd|apache2)$/, unless: /FOREGROUND|NO_DETACH|(?:^|\s)-[XtvVhlLSMf?]/ },
  { name: /^sshd$/, unless: /(?:^|\s)-[A-Za-z0-9]*[DdtTiGVh?]/, foreground: ["-D"] },
  { name: /^cron$/, unless: /(?:^|\s)-[A-Za-z]*f/, foreground: ["-f"] },
  { name: /^crond$/, unless: /(?:^|\s)-[A-Za-z]*[fndxhVP?]/ },
  { name: /^php-fpm[\d.]*$/, with: /(?:^|\s)(?:-D|--daemonize)\b/ },
  { name: /^redis-server$/, with: /--daemonize\s+yes\b/ },
  { name: /^mongod$/, with: /(?:^|\s)--fork\b/ },
  { name: /^memcached$/, with: /(?:^|\s)-d\b/ },
  { name: /^gunicorn$/, with: /(?:^|\s)(?:-D|--daemon)(?=\s|$)/ },
  { name: /^uwsgi$/, with: /(?:^|\s)(?:-d|--daemonize2?)(?=\s|=|$)/ },
  { name: /^celery$/, with: /(?:^|\s)(?:multi\s+(?:re)?start|--detach)\b/ },
  {
    name: /^pm2$/,
    with: /^(?:start|restart|reload)\b/,
    unless: /--no-daemon|--attach/,
    foreground: ["--no-daemon"],
  },
  { name: /^forever$/, with: /^(?:start|restart)\b/ },
  { name: /^unicorn$/, with: /(?:^|\s)(?:-D|--daemonize)\b/ },
  { name: /^rails$/, with: /^(?:s|server)\b.*\s(?:-d|--daemon)\b/ },
  { name: /^lighttpd$/, unless: /(?:^|\s)-[A-Za-z]*[DtpvVhi1]/, foreground: ["-D"] },
  {
    name: /^dnsmasq$/,
    unless: /(?:^|\s)-[A-Za-z]*[kdvwC?]|--(?:keep-in-foreground|no-daemon|conf-|test|version|help)/,
    foreground: ["-k"],
    settings: /dnsmasq\.|keep-in-foreground/,
  },
  { name: /^rsyslogd$/, unless: /(?:^|\s)-[A-Za-z]*[nNvih]/, foreground: ["-n"] },
  { name: /^named$/, unless: /(?:^|\s)-[A-Za-z]*[fgvVC]/, foreground: ["-f"] },
  { name: /^squid$/, unless: /(?:^|\s)-[A-Za-z0-9]*[NvhzkC?]|--foreground/, foreground: ["-N"] },
  {
    name: /^[sn]mbd$/,
    unless: /(?:^|\s)-[A-Za-z]*[FiSbVh?]|--(?:foreground|interactive)/,
    foreground: ["-F", "--no-process-group"],
  },
  { name: /^proftpd$/, unless: /(?:^|\s)-[A-Za-z]*[nvlthc]|--(?:nodaemon|config)/, foreground: ["-n"] },
  { name: /^varnishd$/, unless: /(?:^|\s)-[A-Za-z]*[FdCV?x]/, foreground: ["-F"] },
  { name: /^snmpd$/, unless: /(?:^|\s)-[A-Za-z]*[fhvHc]/, foreground: ["-f"] },
  { name: /^slapd$/, unless: /(?:^|\s)-[A-Za-z]*[dTV?]/, foreground: ["-d", "0"] },
  { name: /^dovecot$/, unless: /(?:^|\s)-[A-Za-z]*[FnaVc]|^(?!-)\S/, foreground: ["-F"] },
  { name: /^haproxy$/, with: /(?:^|\s)-D\b/ },
  { name: /^postfix$/, with: /^(?:start|reload)$/ },
  { name: /^catalina\.sh$/, with: /^start\b/ },
  { name: /^pg_ctl$/, with: /(?:^|\s)(?:start|restart)\b/ },
  { name: /^(?:mysqld|mariadbd)$/, with: /--daemonize\b/ },
  { name: /^rabbitmq-server$/, with: /(?:^|\s)-detached\b/ },
  { name: /^elasticsearch$/, with: /(?:^|\s)(?:-d|--daemonize)\b/ },
  { name: /^(?:kafka|zookeeper)-server-start\.sh$/, with: /(?:^|\s)-daemon\b/ },
  { name: /^zkServer\.sh$/, with: /^start(?:\s|$)/ },
  { name: /^screen$/, with: /(?:^|\s)-[A-Za-z]*d[A-Za-z]*m|-d\s+-m/ },
  { name: /^tmux$/, with: /^new(?:-session|-s)?\b.*\s-[A-Za-z]*d/ },
  { name: /^openvpn$/, with: /--daemon\b/ },
  { name: /^start-stop-daemon$/, with: /(?:^|\s)(?:-[A-Za-z]*b|--background)\b/ },
];

/** Does what a container starts leave the foreground? Undefined where it does not, or a word is not known. */
export function inBackground({
  program,
  words,
}: Pick<StartedCommand, "program" | "words">): BackgroundProgram | undefined {
  if (words.some((it) => it.text === undefined)) return undefined;
  const line = words.map((it) => it.text).join(" ");
  const it = programs.find(({ name }) => name.test(program.text));
  const leaves = it && (it.with?.test(line) ?? true) && !it.unless?.test(line);
  return leaves ? it : undefined;
}
