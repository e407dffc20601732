import type { Stage } from "../../model/stage/stage.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { source } from "../../text/source.ts";
import { askedPorts, type NamedPort, portEdits } from "../knowledge/stages/asked-ports.ts";
import { type ExposedPort, ownPorts } from "../knowledge/stages/exposed.ts";
import { listeningOf, surroundingsOf } from "../knowledge/started/listening.ts";
import { nginxPorts } from "../knowledge/started/nginx-listening.ts";
import { readsPort } from "../knowledge/started/port-variable.ts";
import { type SourceListeners, sourceListeners } from "../knowledge/started/source-listening.ts";
import { type Related, type Report, type Severity, stageRule } from "../rule.ts";

export const portMismatch = stageRule({
  id: "port-mismatch",
  title: "Port that the server does not listen on",
  severity: "warning",
  tags: ["run"],
  aliases: ["S56", "expose-vs-listen"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports EXPOSE and the URL of a HEALTHCHECK where they name another port than the one that the server of the final
      stage listens on. The port is known for servers whose command line says it or that have a default
      (\`uvicorn\`, \`gunicorn\`, \`flask run\`, \`next start\` …), and where the only call that listens in the sources of
      what is started says it (\`app.listen(3000)\`), or the configuration of nginx that is copied. For other programs it is taken to be \`ENV PORT\` where
      EXPOSE or the health check agrees with it and the other one does not, or the script that is started reads it.
      Where nothing says it, a health check that asks another port than EXPOSE names is information.`,
    why: source`
      A health check on the wrong port makes a healthy container unhealthy. EXPOSE is what \`docker run -P\`, proxies and
      readers go by: with the wrong port they reach nothing.`,
    bad: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir uvicorn
      EXPOSE 8080
             ^^^^ port-mismatch: uvicorn listens on port 8000, not on 8080.
      CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]`,
    good: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir uvicorn
      EXPOSE 8000
      CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]`,
  },

  check(stage, report) {
    if (!stage.isFinal || !stage.instructions.some((it) => SAYS_A_PORT.has(it.name))) return;
    const started = startedCommand(stage);
    const listening = started && listeningOf(started, surroundingsOf(stage));
    const exposed = ownPorts(stage);
    const asked = askedPorts(stage);
    if (checkNginx(stage, [exposed ?? [], asked], report)) return;
    if (started && !listening) {
      const only = exposed || asked.length > 0 ? sourceListeners(stage) : undefined;
      if (only?.only?.port !== undefined) {
        checkSource(only, only.only.port, [exposed ?? [], asked], report);
        return;
      }
    }
    if (listening?.port !== undefined) {
      const { name, port, portWord } = listening;
      const related = portWord
        ? [{ message: "The port is set here.", span: portWord.span }]
        : [{ message: `${name} listens on port ${port} unless it is told otherwise.` }];
      const wrong = exposed?.some((it) => it.port === port) ? [] : (exposed ?? []);
      for (const it of [...wrong.map((one) => ({ ...one, span: one.word.span })), ...asked])
        if (it.port !== port)
          tell(it, port, `${name} listens on port ${port}, not on ${it.port}.`, related, report);
      return;
    }
    const own = portVariable(stage);
    const [only, second] = exposed ?? [];
    const [check] = asked;
    if (!own && !listening) tellDifference(exposed ?? [], check, stage, report);
    if (!own || !only || second || listening) return;
    const { port, because } = own;
    const message = (other: number) => `PORT is ${port}, and this is ${other}.`;
    if (!check && only.port !== port && readsPort(stage))
      tell({ port: only.port, span: only.word.span }, port, message(only.port), because, report);
    if (check && check.port === port && only.port !== port)
      tell({ port: only.port, span: only.word.span }, port, message(only.port), because, report);
    if (check && only.port === port && check.port !== port && !isOfManagement(check.port, stage))
      tell(check, port, message(check.port), because, report);
  },
});

/** What nginx's own configuration says that is copied into the image. */
function checkNginx(
  stage: Stage,
  [exposed, asked]: readonly [readonly ExposedPort[], readonly NamedPort[]],
  report: Report,
): boolean {
  const ports = exposed.length > 0 || asked.length > 0 ? nginxPorts(stage) : undefined;
  const [first, ...more] = ports ?? [];
  if (!ports || first === undefined) return false;
  const said = more.length === 0 ? `port ${first}` : `ports ${ports.join(", ")}`;
  const wrong = exposed.some((it) => ports.includes(it.port)) ? [] : exposed;
  for (const it of [...wrong.map((one) => ({ ...one, span: one.word.span })), ...asked]) {
    if (ports.includes(it.port)) continue;
    const message = `nginx listens on ${said}, not on ${it.port}.`;
    const related = [{ message: "Its configuration is copied into the image." }];
    if (more.length === 0) tell(it, first, message, related, report);
    else report(it.span, message, { related });
  }
  return true;
}

/** The one call in the program's sources that makes it listen says the port, and no number of theirs is another one that is asked. */
function checkSource(
  { only, holdsNumber }: SourceListeners,
  port: number,
  [exposed, asked]: readonly [readonly ExposedPort[], readonly NamedPort[]],
  report: Report,
): void {
  if (!only) return;
  const related = [{ message: `${only.name} sets the port.` }];
  const wrong = exposed.some((it) => it.port === port) ? [] : exposed;
  for (const it of [...wrong.map((one) => ({ ...one, span: one.word.span })), ...asked])
    if (it.port !== port && !holdsNumber(it.port))
      tell(it, port, `${only.name} listens on port ${port}, not on ${it.port}.`, related, report);
}

/** Where nothing says on which port the server listens, the health check and EXPOSE still say two things. */
function tellDifference(
  exposed: NonNullable<ReturnType<typeof ownPorts>>,
  check: NamedPort | undefined,
  stage: Stage,
  report: Report,
): void {
  const [only, ...more] = exposed;
  if (!only || more.length > 0 || !check || check.port === only.port) return;
  if (isOfManagement(check.port, stage) || isOfManagement(only.port, stage)) return;
  const message = `The health check asks port ${check.port}, and EXPOSE names ${only.port}.`;
  tell(
    check,
    only.port,
    message,
    [{ message: "EXPOSE names it here.", span: only.word.span }],
    report,
    "info",
  );
}

const SAYS_A_PORT: ReadonlySet<string> = new Set(["EXPOSE", "HEALTHCHECK"]);

function tell(
  { port, span, isImplied }: NamedPort,
  right: number,
  message: string,
  related: readonly Related[],
  report: Report,
  severity?: Severity,
): void {
  const edits = portEdits({ port, span, isImplied }, right);
  report(span, message, {
    ...(severity && { severity }),
    related,
    fixes: edits ? [{ kind: "unsafe", title: `Use port ${right}`, edits }] : [],
  });
}

/** `ENV PORT=3000` of the file's own. */
function portVariable({
  result,
  instructions,
}: Stage): { readonly port: number; readonly because: readonly Related[] } | undefined {
  const value = result.variable("PORT");
  const isOwn = instructions.some(
    (it) => it.name === "ENV" && it.pairs.some((pair) => pair.name.raw === "PORT"),
  );
  return isOwn && value.known && /^\d+$/.test(value.value)
    ? { port: Number(value.value), because: value.because }
    : undefined;
}

/** Servers have ports of their own for health and metrics; another variable may hold it, too. */
function isOfManagement(port: number, { instructions }: Stage): boolean {
  const values = instructions
    .filter((it) => it.name === "ENV")
    .flatMap((it) => it.pairs.map((pair) => pair.value?.raw ?? ""));
  return (
    [8081, 9000, 9090, 9091, 9901, 15021].includes(port) || values.some((it) => it.includes(String(port)))
  );
}
