import type { Stage } from "../../model/stage/stage.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import type { StartedCommand, StartedWord } from "../../model/stage/started/started-word.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { ownPorts } from "../knowledge/stages/exposed.ts";
import { type Listening, listeningOf, surroundingsOf } from "../knowledge/started/listening.ts";
import { sourceListeners } from "../knowledge/started/source-listening.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { textInWord, wordsBehind } from "../writing/commands/started-words.ts";

export const loopbackBind = stageRule({
  id: "loopback-bind",
  title: "Server that only its own container can reach",
  severity: "warning",
  tags: ["run"],
  aliases: ["S57"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a server that the final stage starts and that listens on the loopback interface: by its default, as
      \`flask run\`, \`uvicorn\`, \`vite\`, \`ng serve\`, \`rails server\`, \`php artisan serve\` and \`manage.py runserver\`
      do, or because it is told to, as by \`--host 127.0.0.1\` or \`ASPNETCORE_URLS\`. Where EXPOSE names a port, it
      also reads the program that is started, as the build context has it: \`app.run()\` of Flask, \`listen(3000, "127.0.0.1")\`,
      \`http.ListenAndServe("localhost:8080", …)\`, \`TcpListener::bind\` and others, where that is certainly called; and
      configurations of Vite, gunicorn, Puma and MkDocs. Silent where a variable, a configuration or a script may say otherwise.
      What \`npm start\` runs is read from package.json.`,
    why: source`
      Each container has a loopback interface of its own. What listens there is reached neither through a published port
      nor by other containers: the browser says "connection reset", although the server runs and its log looks well.`,
    bad: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir flask
      EXPOSE 5000
      CMD ["flask", "run"]
           ^^^^^^^ loopback-bind: flask run listens on 127.0.0.1 unless it is told otherwise, where nothing outside the container can reach it.`,
    good: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir flask
      EXPOSE 5000
      CMD ["flask", "run", "--host", "0.0.0.0"]`,
  },

  check(stage, report) {
    if (!stage.isFinal || !stage.instructions.some((it) => it.name === "CMD" || it.name === "ENTRYPOINT"))
      return;
    const started = startedCommand(stage);
    checkAspnet(started, stage, report);
    const listening = started && listeningOf(started, surroundingsOf(stage));
    if (started && !listening) checkSources(started, stage, report);
    if (!started || listening?.host !== "loopback") return;
    const { name, isTold, toldIn, hostWord } = listening;
    // Who writes the address himself may have a proxy beside it; who exposes a port wants it reached.
    if (isTold && !stage.instructions.some((it) => it.name === "EXPOSE")) return;
    const what = isTold
      ? `${name} is told ${toldIn === undefined ? "" : `by ${toldIn} `}to listen on the loopback interface`
      : `${name} listens on 127.0.0.1 unless it is told otherwise`;
    report((hostWord ?? started.program).span, `${what}, where nothing outside the container can reach it.`, {
      fixes: fixesOf(started, listening, stage),
    });
  },
});

/** A call in the program's own sources, where EXPOSE says that it is meant to be reached. */
function checkSources({ program, words }: StartedCommand, stage: Stage, report: Report): void {
  const exposed = stage.instructions.some((it) => it.name === "EXPOSE") ? ownPorts(stage) : undefined;
  const sources = exposed && exposed.length > 0 ? sourceListeners(stage) : undefined;
  const found = sources?.listeners.find(
    (it) =>
      it.host === "loopback" &&
      (it === sources.only || exposed?.some(({ port }) => port === it.port) === true),
  );
  if (!found) return;
  // Something else may listen at the same port on the others.
  if (sources?.listeners.some((it) => it.host !== "loopback" && it.port === found.port)) return;
  const script = words.find((it) => it.written !== "elsewhere" && /\.\w+$/.test(it.text ?? ""));
  const what = found.isTold
    ? `${found.name} is told to listen on the loopback interface`
    : `${found.name} listens on 127.0.0.1 unless it is told otherwise`;
  report((script ?? program).span, `${what}, where nothing outside the container can reach it.`);
}

/** ENV that has ASP.NET Core listen on nothing but the loopback interface; its command line goes before it. */
function checkAspnet(started: StartedCommand | undefined, { instructions }: Stage, report: Report): void {
  if (
    started?.program.text !== "dotnet" ||
    started.words.some((it) => it.text?.startsWith("--urls") !== false)
  )
    return;
  if (!instructions.some((it) => it.name === "EXPOSE")) return;
  const pairs = instructions.flatMap((it) => (it.name === "ENV" ? it.pairs : []));
  const value = pairs.findLast((it) => URL_VARIABLES.test(it.name.raw))?.value;
  const urls = value?.raw.replace(/^["']|["']$/g, "").split(";") ?? [];
  if (!value || !urls.every((it) => LOOPBACK_URL.test(it.trim()))) return;
  const text = value.raw.replace(/(:\/\/)(?:localhost|127(?:\.\d+){3}|\[::1\])/gi, "$1+");
  report(
    value.span,
    "ASP.NET Core is told to listen on the loopback interface, where nothing outside the container can reach it.",
    { fixes: [{ kind: "unsafe", title: "Listen on every interface", edits: [replace(value.span, text)] }] },
  );
}

/** Each goes before ASPNETCORE_HTTP_PORTS (learn.microsoft.com, Kestrel endpoints, read 2026-11). */
const URL_VARIABLES = /^(?:ASPNETCORE_|DOTNET_)?URLS$/;

const LOOPBACK_URL = /^https?:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?\/?$/i;

function fixesOf(
  { program, words }: StartedCommand,
  { hostWord, everywhere }: Listening,
  stage: Stage,
): Fix[] {
  const { model } = stage;
  const text = hostWord?.text ?? "";
  const host = /localhost|127(\.\d+){3}|\[?::1\]?/i.exec(text)?.[0];
  const last = words.at(-1) ?? program;
  const edit =
    hostWord === undefined
      ? last.written === "elsewhere"
        ? wordsForPackageScript(program, everywhere)
        : wordsBehind(last, everywhere)
      : host === undefined
        ? // `runserver 8000`
          textInWord(model.file, hostWord, text, `0.0.0.0:${text}`)
        : textInWord(model.file, hostWord, host, "0.0.0.0");
  return edit ? [{ kind: "unsafe", title: "Listen on every interface", edits: [edit] }] : [];
}

/** Words behind `npm run dev` come to what it runs, for npm behind two dashes. */
function wordsForPackageScript({ instruction }: StartedWord, words: readonly string[]): TextEdit | undefined {
  const called = instruction?.exec ?? [];
  const manager = called[0]?.raw;
  const last = called.at(-1);
  if (!last || !/^(npm|yarn|pnpm)$/.test(manager ?? "")) return undefined;
  const needsDashes = manager === "npm" && !called.some((it) => it.raw === "--");
  return wordsBehind(
    { text: last.raw, span: last.span, written: "exec", instruction },
    needsDashes ? ["--", ...words] : words,
  );
}
