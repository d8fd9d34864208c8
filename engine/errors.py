"""Every error the engine raises on purpose.

EngineError
├─ CaseError     the job stops and the user is told
│  ├─ CaseNotFound
│  ├─ CaseExists
│  ├─ CaseLocked
│  ├─ CaseReadOnly
│  ├─ CaseTooNew
│  ├─ CaseTooOld
│  ├─ CaseCorrupt
│  ├─ CaseEncrypted
│  │  └─ WrongPassphrase
│  └─ DiskFull
├─ ReadError     the file becomes an Issue and the run goes on
│  ├─ UnsupportedFile
│  ├─ CorruptFile
│  ├─ FileTooLarge
│  ├─ Encrypted
│  ├─ NotReadable
│  ├─ TimedOut
│  └─ Skipped
├─ ModelError    at the start of a job: stop; for one file: an Issue
│  ├─ ModelMissing
│  ├─ ModelMismatch
│  │  └─ UnfitForBackend
│  ├─ UnsafeModel
│  └─ OutOfMemory
├─ ExportError   the old file is left as it was
└─ UsageError    a wrong argument or input; nothing was done
Cancelled        not an error: the user asked for it

A message says what happened, with the value, and what to do about it.
"""


class EngineError(Exception):
    """Base of every error that the engine raises on purpose."""


class CaseError(EngineError):
    """The case file cannot be used as asked."""


class CaseNotFound(CaseError):
    """There is no case file at the path."""


class CaseExists(CaseError):
    """A new case would overwrite an existing file."""


class CaseLocked(CaseError):
    """Another process is writing the case."""


class CaseReadOnly(CaseError):
    """The case was opened, or lies on a disk, that allows no writing."""


class CaseTooNew(CaseError):
    """A newer version of Casebook wrote the case."""


class CaseTooOld(CaseError):
    """An older version of Casebook wrote the case, and it was opened for reading only."""


class CaseCorrupt(CaseError):
    """The file is not a case, or its content is damaged."""


class CaseEncrypted(CaseError):
    """The case opens with a passphrase only, and none was given."""


class WrongPassphrase(CaseEncrypted):
    """The passphrase does not open the case."""


class DiskFull(CaseError):
    """There is no room left to write the case."""


class ReadError(EngineError):
    """One evidence file could not be read; it becomes an Issue."""


class UnsupportedFile(ReadError):
    """No reader knows this kind of file."""


class CorruptFile(ReadError):
    """The content is damaged or not what its name says."""


class FileTooLarge(ReadError):
    """Reading the file would pass a limit on bytes, pixels or memory."""


class Encrypted(ReadError):
    """The file is protected by a password."""


class NotReadable(ReadError):
    """The operating system refused to open the file."""


class TimedOut(ReadError):
    """Reading took longer than its time limit."""


class Skipped(ReadError):
    """The user asked to go on without the file that was being read."""


class ModelError(EngineError):
    """A model cannot be used."""


class ModelMissing(ModelError):
    """The weights are not on this workstation."""


class ModelMismatch(ModelError):
    """The weights are not those that their card describes, or do not fit the task."""


class UnfitForBackend(ModelMismatch):
    """A network that this backend cannot compute, and another one may."""


class UnsafeModel(ModelError):
    """The weights file could run code when loaded."""


class OutOfMemory(ModelError):
    """The device has too little memory for the model."""


class ExportError(EngineError):
    """An export failed; the old file was left as it was."""


class UsageError(EngineError):
    """A wrong argument or input; nothing was done."""


class Cancelled(Exception):
    """The user asked to stop; what is committed stays."""
