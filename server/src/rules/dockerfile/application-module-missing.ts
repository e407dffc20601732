import type { Stage } from "../../model/stage/stage.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import type { StartedCommand, StartedWord } from "../../model/stage/started/started-word.ts";
import { source } from "../../text/source.ts";
import {
  applicationNamed,
  celeryApplication,
  lacksModule,
  missingAttribute,
  moduleCalled,
} from "../knowledge/started/python-application.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { textInWord, wordsBehind } from "../writing/commands/started-words.ts";

export const applicationModuleMissing = stageRule({
  id: "application-module-missing",
  title: "Module that the Python server does not find",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`gunicorn\`, \`uvicorn\`, \`hypercorn\`, \`daphne\`, \`granian\`, \`celery -A\` and \`python -m\` with a module that is not below the working
      directory, and \`flask run\` without \`app.py\` and \`wsgi.py\`, where the build context has just one file with such an application and the
      image has it elsewhere; and servers that ask a module for a name which its file never says. Silent with PYTHONPATH, FLASK_APP, \`--app-dir\`, \`--chdir\` and configuration files.`,
    why: source`
      The server imports the module from where it is started: "ModuleNotFoundError: No module named 'app'", or "Could not locate
      a Flask application", and the container ends.`,
    context: { "src/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n" },
    bad: source`
      FROM python:3.14-slim
      WORKDIR /code
      RUN pip install --no-cache-dir fastapi uvicorn
      COPY src src
      CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0"]
                      ^^^^^^^^^^^^^^ application-module-missing: There is no module app.main in /code: app is in src/main.py, which is src.main here.`,
    good: source`
      FROM python:3.14-slim
      WORKDIR /code
      RUN pip install --no-cache-dir fastapi uvicorn
      COPY src src
      CMD ["uvicorn", "src.main:app", "--host", "0.0.0.0"]`,
  },

  check(stage, report) {
    const started = stage.isFinal ? startedCommand(stage) : undefined;
    const { workdir } = stage.result;
    if (!started?.program.instruction || !workdir.known || stage.result.isSet("PYTHONPATH").is !== "no")
      return;
    if (started.program.text === "celery") checkCelery(started, workdir.value, stage, report);
    if (started.words.some((it) => it.text === undefined || OTHER_PLACE.test(it.text))) return;
    if (startsModule(started, stage)) checkModule(started, workdir.value, stage, report);
    else if (SERVERS.test(started.program.text)) checkServer(started, workdir.value, stage, report);
    else if (started.program.text === "flask") checkFlask(started, workdir.value, stage, report);
  },
});

const SERVERS = /^(?:gunicorn|uvicorn|hypercorn|daphne|granian)$/;

/** Options that say where, or that a file says it. */
const OTHER_PLACE = /^(?:--app-dir|--chdir|--pythonpath|--working-dir|-c|--config|--app|-A)(?:=|$)/;

function checkServer({ words }: StartedCommand, folder: string, stage: Stage, report: Report): void {
  const word = words.find(
    (it, at) => APPLICATION.test(it.text ?? "") && !VALUED.test(words[at - 1]?.text ?? ""),
  );
  const [, module, name] = APPLICATION.exec(word?.text ?? "") ?? [];
  if (!word || module === undefined || name === undefined) return;
  if (!lacksModule(module, folder, stage)) {
    checkAttribute({ word, module, name }, folder, stage, report);
    return;
  }
  const there = applicationNamed(name, folder, stage);
  if (!there || there.module === module) return;
  report(
    word.span,
    `There is no module ${module} in ${folder}: ${name} is in ${there.path}, which is ${there.module} here.`,
    { fixes: renamed(word, module, there.module, stage) },
  );
}

interface Named {
  readonly word: StartedWord;
  readonly module: string;
  readonly name: string;
}

/** A module that is there, and never speaks of the name that is asked of it. */
function checkAttribute({ word, module, name }: Named, folder: string, stage: Stage, report: Report): void {
  const missing = missingAttribute(name, module, folder, stage);
  if (!missing) return;
  const { path, meant } = missing;
  report(word.span, `${path} has no ${name}${meant === undefined ? "." : `: its application is ${meant}.`}`, {
    fixes: meant === undefined ? [] : renamed(word, `${module}:${name}`, `${module}:${meant}`, stage),
  });
}

/** `celery -A proj worker`: the module, or one of its name with an application in it, has to be there (celery.app.utils, find_app, as generally known, 2026-11). */
function checkCelery({ words }: StartedCommand, folder: string, stage: Stage, report: Report): void {
  if (words.some((it) => it.text === undefined || /^--workdir(?:=|$)/.test(it.text))) return;
  const at = words.findIndex((it) => /^(?:-A|--app)$/.test(it.text ?? ""));
  const joined = words.find((it) => /^--app=/.test(it.text ?? ""));
  const word = joined ?? (at < 0 ? undefined : words[at + 1]);
  const [, module] = /^(?:--app=)?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?::\w+)?$/.exec(word?.text ?? "") ?? [];
  if (!word || module === undefined || !lacksModule(module, folder, stage)) return;
  // What stands behind the last dot may be a name in the module.
  const parent = module.replace(/\.\w+$/, "");
  if (parent !== module && !lacksModule(parent, folder, stage)) return;
  const there = celeryApplication(folder, stage);
  if (!there || there.module === module) return;
  report(
    word.span,
    `There is no module ${module} in ${folder}: the application of Celery is in ${there.path}, which is ${there.module} here.`,
    { fixes: renamed(word, module, there.module, stage) },
  );
}

/** `python -m src.main`: which its first words say is taken away already. */
function startsModule({ program }: StartedCommand, { result }: Stage): boolean {
  // Any other first word may be a package that is installed.
  if (!/^(?:src|app|api|backend|server|bot|project|code)(?:\.[A-Za-z_]\w*)+$/.test(program.text))
    return false;
  const { command } = result;
  const words = command.known ? (command.value?.words ?? []) : [];
  const at = words.findIndex((it) => it.raw === program.text);
  return words[at - 1]?.raw === "-m" && /^python[\d.]*$/.test(words[0]?.raw ?? "");
}

function checkModule({ program }: StartedCommand, folder: string, stage: Stage, report: Report): void {
  const module = program.text;
  if (!lacksModule(module, folder, stage) || !lacksModule(module.replace(/\..*$/, ""), folder, stage)) return;
  const there = moduleCalled(module.replace(/^.*\./, ""), folder, stage);
  if (!there || there.module === module) return;
  report(program.span, `There is no module ${module} in ${folder}: ${there.path} is ${there.module} here.`, {
    fixes: renamed(program, module, there.module, stage),
  });
}

/** `app.main:app`, `main:create_app()`. */
const APPLICATION = /^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*):([A-Za-z_]\w*)(?:\(.*\))?$/;

const VALUED = /^(?:-b|--bind|-k|--worker-class|-n|--name|-e|--env|--uds|--unix|-u)$/;

function renamed(word: StartedWord, old: string, module: string, { model }: Stage): Fix[] {
  const [from, to] = word.text?.includes(`${old}:`) ? [`${old}:`, `${module}:`] : [old, module];
  const edit = textInWord(model.file, word, from, to);
  return edit ? [{ kind: "unsafe", title: `Name ${module}`, edits: [edit] }] : [];
}

/** It imports `wsgi` and `app`, unless a variable or a file tells it (flask.palletsprojects.com, Application Discovery, read 2026-11). */
function checkFlask({ program, words }: StartedCommand, folder: string, stage: Stage, report: Report): void {
  if (words[0]?.text !== "run" || stage.result.isSet("FLASK_APP").is !== "no") return;
  const { context } = stage.model.inputs;
  if (!context || [".flaskenv", ".env"].some((it) => context.read(it)?.includes("FLASK_APP"))) return;
  if (!["app", "wsgi"].every((it) => lacksModule(it, folder, stage))) return;
  const there = applicationNamed("app", folder, stage) ?? applicationNamed("create_app", folder, stage);
  if (!there) return;
  const edit = wordsBehind(program, ["--app", there.module]);
  report(
    program.span,
    `flask looks for app.py or wsgi.py in ${folder}, and the application is in ${there.path}.`,
    { fixes: edit ? [{ kind: "unsafe", title: `Add --app ${there.module}`, edits: [edit] }] : [] },
  );
}
