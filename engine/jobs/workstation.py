"""What this workstation computes with: processor, memory, and what runs the networks."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path

from engine.settings import ENGINE_VERSION

_GB = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Workstation:
    """Facts to read out when something is slow or differs; ``backends`` run networks, the first one first."""

    casebook: str
    system: str
    python: str
    processor: str
    cores: int
    memory_gb: float
    backends: tuple[str, ...]
    training: str

    def sentences(self) -> tuple[str, ...]:
        """Return the facts as lines for people."""
        return (
            f"Casebook {self.casebook}, {self.system}, Python {self.python}",
            f"{self.processor}, {self.cores} cores, {self.memory_gb:.1f} GB of memory",
            f"networks run on {', '.join(self.backends) or 'nothing: neither OpenVINO nor ONNX Runtime'}",
            f"training: {self.training}",
        )


def this_workstation() -> Workstation:
    """Look at this workstation."""
    import psutil

    return Workstation(
        casebook=f"{ENGINE_VERSION} ({'installed' if getattr(sys, 'frozen', False) else 'source tree'})",
        system=f"{_system_name()} {platform.machine()}",
        python=platform.python_version(),
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_gb=round(psutil.virtual_memory().total / _GB, 1),
        backends=_backends(),
        training=why_no_training() or "possible",
    )


def why_no_training() -> str:
    """Return why networks cannot be trained here, and what to install; empty where they can."""
    # Asks the disk: a process that leaves torch out has it there nevertheless.
    if PathFinder.find_spec("torch") is not None:
        return ""
    if getattr(sys, "frozen", False):
        return "not in this CPU flavor, which runs models only; install the GPU flavor to train networks"
    return "PyTorch is not installed; install casebook[training]"


def _system_name() -> str:
    if platform.system() == "Linux":
        try:
            facts = platform.freedesktop_os_release()
        except OSError:
            return "Linux"
        return f"Linux ({facts.get('PRETTY_NAME', facts['NAME'])})"
    return f"{platform.system()} {platform.release()}"


def _processor() -> str:
    """Return the processor's name; Linux says it in /proc/cpuinfo only."""
    listing = Path("/proc/cpuinfo")
    if listing.is_file():
        for line in listing.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _backends() -> tuple[str, ...]:
    found = []
    try:
        import openvino

        core = openvino.Core()
        devices = ", ".join(
            f"{name}: {core.get_property(name, 'FULL_DEVICE_NAME')}" for name in core.available_devices
        )
        found.append(f"OpenVINO {openvino.get_version().partition('-')[0]} ({devices})")
    except ImportError:
        pass
    try:
        import onnxruntime

        found.append(f"ONNX Runtime {onnxruntime.__version__} (CPU)")
    except ImportError:
        pass
    # A process that computes on the CPU has left it out, and knows nothing of a graphics card.
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        found.append(f"PyTorch {torch.__version__} ({torch.cuda.get_device_name()})")
    return tuple(found)
