import { test } from "vitest";
import { poetryProgramNotOnPath as rule } from "../../../../server/src/rules/dockerfile/poetry-program-not-on-path.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const inputs = { context: contextOf({ "pyproject.toml": '[project]\nname = "api"\n', "poetry.lock": "" }) };

test("in the stage, or one below it", () => {
  reports(rule, inputs)`
    FROM python:3.13 AS base
    RUN apt-get update && apt-get install -y gcc && pip install -U pip "poetry>=2,<3"
    WORKDIR /app
    COPY . .
    RUN poetry install --only main --no-interaction
    FROM base
    EXPOSE 8000
    ENTRYPOINT ["gunicorn", "app:app"]
                ^^^^^^^^^^ poetry-program-not-on-path: Poetry installs gunicorn into a virtual environment of its own, which is not on PATH.
  `;
  fixes(rule, "unsafe", "", inputs)`
    FROM python:3.13
    RUN pip install poetry
    COPY . .
    RUN poetry install
    CMD ["uvicorn", "app:app"]
    ->
    FROM python:3.13
    RUN pip install poetry
    COPY . .
    RUN poetry install
    CMD ["poetry", "run", "uvicorn", "app:app"]
  `;
});

test("not where another way may bring it", () => {
  const file = (lines: string, start = 'CMD ["uvicorn", "app:app"]') =>
    `FROM python:3.13\nRUN pip install poetry\nCOPY . .\n${lines}\n${start}\n`;
  for (const lines of [
    "RUN poetry config virtualenvs.create false && poetry install",
    "RUN POETRY_VIRTUALENVS_CREATE=false poetry install",
    "ENV POETRY_VIRTUALENVS_CREATE=0\nRUN poetry install",
    'ENV PATH="/root/.cache/x/bin:$PATH"\nRUN poetry install',
    "RUN poetry install\nRUN pip install uvicorn",
    "RUN poetry install\nRUN pip install .",
    "RUN poetry export -o r.txt && pip install -r r.txt",
    "RUN poetry install\nRUN ./setup.sh",
    "RUN poetry install || true",
    "RUN poetry lock",
    "RUN poetry install\nCOPY --from=x /bin /usr/local/bin",
  ])
    expectProblems(rule, file(lines), inputs);
  for (const start of [
    'CMD ["poetry", "run", "uvicorn", "app:app"]',
    'CMD ["python", "-m", "uvicorn"]',
    'ENTRYPOINT ["poetry", "run"]\nCMD ["uvicorn", "app:app"]',
    "CMD poetry run uvicorn app:app",
  ])
    expectProblems(rule, file("RUN poetry install", start), inputs);
  const plain = file("RUN poetry install");
  expectProblems(rule, plain, { context: contextOf({ "poetry.toml": "[virtualenvs]\ncreate = false\n" }) });
  expectProblems(rule, plain);
  expectProblems(rule, plain.replace("python:3.13", "example/python:3.13"), inputs);
});
