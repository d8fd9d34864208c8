"""Look into a ``.pt`` file without running it, and refuse what could run code.

A ``.pt`` is a zip with a pickle inside, and loading a pickle calls whatever it names. The scan
follows the pickle's instructions (``pickletools``) on a stack of its own, where every value is
only its kind: nothing is imported, built or called. Allowed are layers of torch and ultralytics,
made by ``NEWOBJ`` (which runs no constructor), and calls of a few rebuilders of plain data.
"""

from __future__ import annotations

import pickletools
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import UnsafeModel

_LAYERS = re.compile(
    r"(torch\.nn\.modules\.(activation|batchnorm|container|conv|dropout|flatten|linear|loss|normalization|padding"
    r"|pooling|upsampling)|ultralytics\.nn\.modules\.(activation|block|conv|head|transformer)) [A-Z]\w*"
    r"|ultralytics\.nn\.tasks (DetectionModel|SegmentationModel)"
)
_CALLS = frozenset(
    {
        "collections OrderedDict",
        "builtins set",
        "__builtin__ set",
        "torch._utils _rebuild_tensor_v2",
        "torch._utils _rebuild_parameter",
        "torch Size",
        "torch device",
        "numpy._core.multiarray scalar",
        "numpy.core.multiarray scalar",
        "numpy dtype",
        "_codecs encode",
        "pathlib PosixPath",
        "pathlib WindowsPath",
        "ultralytics.utils IterableSimpleNamespace",  # keeps attributes, runs nothing
    }
)

_TORCH_DATA = re.compile(r"torch ([A-Z]\w*Storage|bfloat16|u?int\d+|float\d+|bool)")
_MAX_PICKLE_BYTES = 64 << 20
_MAX_MEMBERS = 100_000
_ZIP_MAGIC = b"PK\x03\x04"


class _Mark:
    """The pickle machine's mark on its stack."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that the pickle refers to, as ``module name``."""

    text: str


_MARK = _Mark()
_Value = str | _Name | _Mark | None


def refuse_unsafe(path: Path) -> None:
    """Raise UnsafeModel, with the name that was found, unless loading the file runs only what is allowed."""
    try:
        with path.open("rb") as stream:
            if stream.read(4) != _ZIP_MAGIC:
                raise UnsafeModel(f"{path.name} is not a zip file as torch writes it; it was not loaded")
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            pickles = [info for info in archive.infolist() if info.filename.endswith(".pkl")]
            if len(set(names)) != len(names) or len(names) > _MAX_MEMBERS:
                raise UnsafeModel(f"{path.name} holds members of the same name; it was not loaded")
            if len(pickles) != 1 or not pickles[0].filename.endswith("data.pkl"):
                raise UnsafeModel(f"{path.name} does not hold one data.pkl; it was not loaded")
            if pickles[0].file_size > _MAX_PICKLE_BYTES:
                raise UnsafeModel(f"the pickle in {path.name} has {pickles[0].file_size} bytes: too many")
            data = archive.read(pickles[0])
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise UnsafeModel(f"{path.name} cannot be inspected: {error}") from error
    scan_pickle(data, path.name)


def scan_pickle(data: bytes, file_name: str) -> None:
    """Raise UnsafeModel unless the pickle ``data`` names and calls only what is allowed."""
    machine = _Machine(file_name)
    try:
        for opcode, argument, _ in pickletools.genops(data):
            machine.follow(opcode, argument)
    except (ValueError, IndexError, KeyError) as error:
        raise UnsafeModel(f"the pickle in {file_name} is damaged: {error}") from error


@dataclass(slots=True)
class _Machine:
    """The pickle machine's stack and memo, with kinds in place of values."""

    file_name: str
    stack: list[_Value] = field(default_factory=list)
    memo: dict[int, _Value] = field(default_factory=dict)

    def follow(self, opcode: pickletools.OpcodeInfo, argument: object) -> None:
        """Take one instruction."""
        name = opcode.name
        if name in ("MEMOIZE", "PUT", "BINPUT", "LONG_BINPUT"):
            number = len(self.memo) if name == "MEMOIZE" else int(str(argument))
            if number > _MAX_PICKLE_BYTES:
                raise ValueError(f"memo number {number}")
            self.memo[number] = self.stack[-1]
        elif name in ("GET", "BINGET", "LONG_BINGET"):
            self.stack.append(self.memo[int(str(argument))])
        elif name == "DUP":
            self.stack.append(self.stack[-1])
        elif name == "STACK_GLOBAL":
            attribute, module = self.stack.pop(), self.stack.pop()
            if not isinstance(attribute, str) or not isinstance(module, str):
                raise self._refusal("a name that it computes")
            self._refer(f"{module} {attribute}")
        elif name == "GLOBAL":
            self._refer(str(argument))
        elif name in ("INST", "OBJ", "EXT1", "EXT2", "EXT4"):
            raise self._refusal(f"an instruction {name} that torch never writes")
        else:
            self._check_call(name)
            self._apply(opcode, argument)

    def _refer(self, text: str) -> None:
        allowed = text in _CALLS or _LAYERS.fullmatch(text) or _TORCH_DATA.fullmatch(text)
        if not allowed:
            raise self._refusal(repr(text.replace(" ", ".")))
        self.stack.append(_Name(text))

    def _check_call(self, name: str) -> None:
        """Refuse a call of anything that is not a rebuilder, and a new object of no known class."""
        if name == "REDUCE":
            called = self.stack[-2]
            if not isinstance(called, _Name) or called.text not in _CALLS:
                raise self._refusal(called.text.replace(" ", ".") if isinstance(called, _Name) else "a value")
        elif name in ("NEWOBJ", "NEWOBJ_EX"):
            made = self.stack[-2 if name == "NEWOBJ" else -3]
            if not isinstance(made, _Name):
                raise self._refusal("a value as a class")

    def _apply(self, opcode: pickletools.OpcodeInfo, argument: object) -> None:
        """Pop and push what the instruction's own description says."""
        before = opcode.stack_before
        if pickletools.markobject in before:
            while not isinstance(self.stack.pop(), _Mark):
                pass
            below = before.index(pickletools.markobject)
            if below:
                del self.stack[-below:]
        elif before:
            if len(before) > len(self.stack):
                raise IndexError("nothing left on the stack")
            del self.stack[-len(before) :]
        for item in opcode.stack_after:
            if item is pickletools.markobject:
                self.stack.append(_MARK)
            else:
                self.stack.append(argument if isinstance(argument, str) else None)

    def _refusal(self, what: str) -> UnsafeModel:
        return UnsafeModel(
            f"{self.file_name} would use {what} when loaded, which is not a part of a network; "
            "it was not loaded. Ask its maker for an ONNX export."
        )
