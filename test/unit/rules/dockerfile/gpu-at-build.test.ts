import { test } from "vitest";
import { gpuAtBuild as rule } from "../../../../server/src/rules/dockerfile/gpu-at-build.ts";
import { reports } from "../../../support/check.ts";

test("where it ends the build", () => {
  reports(rule)`
    FROM pytorch/pytorch:2.9.0-cuda12.8-cudnn9-runtime
    RUN nvidia-smi && python x.py
        ^^^^^^^^^^ gpu-at-build
    RUN python3 -c "import torch; assert torch.cuda.is_available()"
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ gpu-at-build: A build has no GPU, so this fails: a container gets one when it is started.
  `;
});

test("not where there may be one, where it may fail, or where it is only asked", () => {
  reports(rule)`
    FROM pytorch/pytorch:2.9.0-cuda12.8-cudnn9-runtime
    RUN --device=nvidia.com/gpu=all nvidia-smi
    RUN nvidia-smi || true
    RUN if command -v nvidia-smi; then nvidia-smi; fi
    RUN python -c "import torch; print(torch.cuda.is_available())"
    RUN python -c "import torch; assert not torch.cuda.is_available()"
    RUN python -c "import torch; torch.cuda.is_available() and print(1) if torch.cuda.is_available() else print(torch.cuda.get_device_name(0))"
    HEALTHCHECK CMD nvidia-smi
    CMD ["nvidia-smi"]
  `;
});
