import { test } from "vitest";
import { condaActivateInRun as rule } from "../../../../server/src/rules/dockerfile/conda-activate-in-run.ts";
import { reports } from "../../../support/check.ts";

test("in a shell that has read nothing", () => {
  reports(rule)`
    FROM continuumio/miniconda3
    RUN conda env create -f environment.yml && conda activate api && pip install -e .
                                               ^^^^^^^^^^^^^^ conda-activate-in-run: conda activate is a function of the shell, and this one has not read it.
    RUN conda init bash
    RUN conda activate api
        ^^^^^^^^^^^^^^ conda-activate-in-run
    FROM condaforge/miniforge3:25.3.1-0
    SHELL ["/bin/bash", "-c"]
    RUN conda activate base; conda install numpy
        ^^^^^^^^^^^^^^ conda-activate-in-run
  `;
});

test("not in one that has", () => {
  reports(rule)`
    FROM continuumio/miniconda3
    RUN . /opt/conda/etc/profile.d/conda.sh && conda activate api
    RUN eval "$(conda shell.bash hook)" && conda activate api
    RUN bash -lc "conda activate api"
    RUN conda run -n api pip install -e .
    RUN echo "conda activate api" >> ~/.bashrc
    SHELL ["/bin/bash", "--login", "-c"]
    RUN conda activate api
    FROM continuumio/miniconda3
    ENV BASH_ENV=/root/.bashrc
    SHELL ["/bin/bash", "-c"]
    RUN conda activate api
    FROM mambaorg/micromamba
    RUN conda activate base
    FROM example.com/team/conda:1
    RUN conda activate base
  `;
});
