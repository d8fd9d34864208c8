"""Where the networks of pictures run: asked for, or measured on this workstation."""

from __future__ import annotations

from engine.errors import ModelError
from engine.left_out import leave_torch_out
from engine.segmenters.backends import CPU, CUDA, fastest_device, missing_cuda

AUTO = "auto"
DEVICES = (AUTO, CPU, CUDA)


def ready_device(wanted: str) -> str:
    """Return ``cpu`` or ``cuda``; for the CPU torch is kept out of this process.

    ``auto`` is CUDA where ``casebook self-test`` has measured that it is clearly the fastest here. Raises
    ModelError with the reason where ``cuda`` cannot be had.
    """
    if wanted == CUDA or (wanted == AUTO and fastest_device() == CUDA):
        reason = missing_cuda()
        if reason is None:
            return CUDA
        if wanted == CUDA:
            raise ModelError(
                f"no network can run on CUDA: {reason}; leave --device away or take --device cpu"
            )
    leave_torch_out()
    return CPU
