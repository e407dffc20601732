import { source } from "../../text/source.ts";
import { lookedUpProgram } from "../knowledge/commands/program-lookup.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { commandRule } from "../rule.ts";

export const condaActivateInRun = commandRule({
  id: "conda-activate-in-run",
  title: "Environment of conda that no shell of RUN can activate",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`conda activate\` in RUN on the images of Miniconda, Anaconda and Miniforge. Silent in a login or interactive shell, with
      BASH_ENV, and where the script reads a file or evaluates something before.`,
    why: source`
      \`conda activate\` is a function of the shell, which \`conda init\` puts into a file that no RUN reads: the program alone says "Run
      'conda init' before 'conda activate'", and the build ends. What it sets would end with that RUN anyway. \`conda run -n NAME\` starts
      a command in an environment; \`ENV PATH=/opt/conda/envs/NAME/bin:$PATH\` holds for all that follows.`,
    context: { "environment.yml": "name: api\n", "setup.py": "" },
    bad: source`
      FROM continuumio/miniconda3:25.3.1-1
      WORKDIR /app
      COPY environment.yml ./
      RUN conda env create -f environment.yml
      RUN conda activate api
          ^^^^^^^^^^^^^^ conda-activate-in-run: conda activate is a function of the shell, and this one has not read it.`,
    good: source`
      FROM continuumio/miniconda3:25.3.1-1
      WORKDIR /app
      COPY environment.yml ./
      RUN conda env create -f environment.yml
      ENV PATH=/opt/conda/envs/api/bin:$PATH`,
  },
  programs: ["conda"],

  check({ command, script, run, instruction, stage }, report) {
    const { name, arguments: words } = command;
    const [verb] = words;
    if (instruction.name !== "RUN" || !name || verb?.literal !== "activate") return;
    const { base } = stage.bottom;
    // Others may have set up their shell.
    if (base.kind !== "image" || !IMAGES.test(base.image.name)) return;
    if (lookedUpProgram(command, script, stage.before(instruction)) !== "conda") return;
    const failure = failureOf(command, script, run, stage);
    if (failure === "allowed") return;
    report(
      { start: name.span.start, end: verb.span.end },
      "conda activate is a function of the shell, and this one has not read it.",
      { severity: failure === "stops" ? "error" : "warning" },
    );
  },
});

/** None of them sets SHELL or BASH_ENV (ContinuumIO/docker-images and conda-forge/miniforge-images, as generally known, 2026-11). */
const IMAGES = /^(?:continuumio\/(?:mini|ana)conda3?|condaforge\/mini(?:forge3|conda3))$/;
