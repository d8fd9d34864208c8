"""One engine process: requests go in as JSON lines, messages come out; a crash or a hang is mended.

The process is started again after a crash, and killed and started again when it does not answer
to a cancel. Whoever waits for a request always gets an end: finished, cancelled or failed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from engine.errors import UsageError
from engine.messages import Kind, Message, Request, parse_message
from engine.settings import program

CANCEL_PATIENCE_MS = 5_000
STOP_PATIENCE_MS = 5_000
_MOST_RESTARTS = 3
_LOG_LINES = 200
_ENDS = (Kind.ANSWER, Kind.FINISHED, Kind.CANCELLED, Kind.FAILED)


def worker_command(role: str) -> tuple[str, ...]:
    """Return the command line of the engine process in a role: ``job`` or ``query``."""
    return (*program("engine.worker"), "--role", role)


class EngineClient(QObject):
    """Drives one engine process and keeps track of what it was asked.

    ``message`` carries every message; each request ends with exactly one of answer, finished,
    cancelled or failed. ``ready_changed`` tells whether the process answers; ``trouble`` is one
    line for people when it crashed or had to be killed.
    """

    message = Signal(object)
    ready_changed = Signal(bool)
    trouble = Signal(str)

    def __init__(
        self, command: Sequence[str], parent: QObject | None = None, *, patience_ms: int = CANCEL_PATIENCE_MS
    ) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self._patience_ms = patience_ms
        self._process: QProcess | None = None
        self._buffer = b""
        self._open: dict[str, Request] = {}
        self._last_number = 0
        self._restarts = 0
        self._killed_for = ""
        self._log: deque[str] = deque(maxlen=_LOG_LINES)
        self.is_ready = False
        self.device = ""
        self.keys: dict[str, str] = {}  # of encrypted cases by path; they leave through stdin only

    @property
    def log(self) -> tuple[str, ...]:
        """What the process wrote to stderr, the newest last."""
        return tuple(self._log)

    def start(self) -> None:
        """Start the process unless it runs."""
        if self._process is not None:
            return
        process = QProcess(self)
        process.setProgram(self._command[0])
        process.setArguments(list(self._command[1:]))
        process.readyReadStandardOutput.connect(self._read_lines)
        process.readyReadStandardError.connect(self._read_log)
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)
        self._process = process
        self._buffer = b""
        process.start()

    def request(self, verb: str, arguments: Mapping[str, Any]) -> str:
        """Send a request and return its id; the process is started where needed."""
        self.start()
        self._last_number += 1
        key = self.keys.get(str(arguments.get("case", "")))
        if key:
            arguments = {**arguments, "key": key}
        request = Request(id=f"{verb}-{self._last_number}", verb=verb, arguments=arguments)
        self._open[request.id] = request
        self._write(request)
        return request.id

    def cancel(self, request_id: str) -> None:
        """Ask to stop; a process that does not answer in time is killed and started again."""
        if request_id not in self._open:
            return
        self._last_number += 1
        self._write(Request(id=f"cancel-{self._last_number}", verb="cancel", arguments={"of": request_id}))
        QTimer.singleShot(self._patience_ms, self, lambda: self._kill_where_silent(request_id))

    def skip(self, request_id: str, item: str) -> None:
        """Ask to go on without the file ``item``, which is being read."""
        if request_id in self._open:
            self._last_number += 1
            words = {"of": request_id, "item": item}
            self._write(Request(id=f"skip-{self._last_number}", verb="skip", arguments=words))

    def begin_stop(self) -> None:
        """Close the input, which ends a healthy process; ``stop`` then waits for it."""
        if self._process is not None:
            self._process.blockSignals(True)
            self._process.closeWriteChannel()

    def stop(self) -> None:
        """End the process; one that does not end by itself is killed."""
        process, self._process = self._process, None
        self._open.clear()
        self._set_ready(False)
        if process is None:
            return
        process.blockSignals(True)
        process.closeWriteChannel()
        if not process.waitForFinished(STOP_PATIENCE_MS):
            process.kill()
            process.waitForFinished(STOP_PATIENCE_MS)
        process.deleteLater()

    def _write(self, request: Request) -> None:
        if self._process is not None:
            self._process.write(request.as_line().encode())

    def _read_lines(self) -> None:
        if self._process is None:
            return
        self._buffer += bytes(self._process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            if line.strip():
                self._take(line.decode("utf-8", "replace"))

    def _take(self, line: str) -> None:
        try:
            message = parse_message(line)
        except UsageError as error:
            self._log.append(str(error))
            return
        if message.kind is Kind.READY:
            self.device = str(message.body.get("device", ""))
            self._set_ready(True)
        if message.kind in (Kind.ANSWER, Kind.FINISHED):
            self._restarts = 0
        if message.kind in _ENDS and self._open.pop(message.of, None) is None and message.of:
            return  # an answer to a cancel, or to a request that was given up
        self.message.emit(message)

    def _read_log(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self._log.extend(text.splitlines())

    def _kill_where_silent(self, request_id: str) -> None:
        if request_id in self._open and self._process is not None:
            self._killed_for = request_id
            self._process.kill()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(self.tr("The engine could not be started: {0}").format(self._command[0]), restart=False)

    def _on_finished(self) -> None:
        self._read_lines()
        self._read_log()
        if self._killed_for:
            cancelled, self._killed_for = self._killed_for, ""
            self._open.pop(cancelled, None)
            said = self.tr("The engine did not stop in time and was started again.")
            self._end(said, restart=True)
            self.message.emit(Message(kind=Kind.CANCELLED, of=cancelled))
            return
        self._restarts += 1
        if self._restarts <= _MOST_RESTARTS:
            said = self.tr("The engine stopped unexpectedly and was started again. Saved work is safe.")
        else:
            said = self.tr("The engine keeps stopping and was left off. Saved work is safe.")
        self._end(said, restart=self._restarts <= _MOST_RESTARTS)

    def _end(self, said: str, *, restart: bool) -> None:
        """Close the books on a process that is gone: every open request fails with one line."""
        process, self._process = self._process, None
        lost, self._open = self._open, {}
        self._set_ready(False)
        if process is not None:
            process.blockSignals(True)
            process.deleteLater()
        if restart:
            self.start()
        for request_id in lost:
            body = {"error": "EngineStopped", "message": said}
            self.message.emit(Message(kind=Kind.FAILED, of=request_id, body=body))
        self.trouble.emit(said)

    def _set_ready(self, ready: bool) -> None:
        if ready != self.is_ready:
            self.is_ready = ready
            self.ready_changed.emit(ready)
