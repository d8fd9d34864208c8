"""Encrypting the open case, changing its passphrase, taking it away: closed meanwhile, then opened again."""

from __future__ import annotations

from desktop.session.jobs import JobEnd
from desktop.session.session import Session
from engine.messages import Kind
from engine.store import key_of


def change_encryption(session: Session, now: str, then: str) -> None:
    """Write the open case anew: ``now`` is the passphrase that opens it, ``then`` shall be; empty is none.

    The case is open nowhere while its file is replaced. Where that fails it stays as it was.
    """
    store = session.store
    if store is None:
        return
    path = store.path
    key = {"key": key_of(path, now).as_text()} if now else {}

    def ended(end: JobEnd) -> None:
        if end.kind is Kind.FAILED:
            session.failed.emit(str(end.body.get("message", "")))
        if session.open(path, then if end.kind is Kind.FINISHED else now):
            session.warm_up()

    def released() -> None:
        session.jobs.run("rekey", {"case": str(path), "passphrase": then, **key}, ended)

    session.close()
    session.queries.release(released)
