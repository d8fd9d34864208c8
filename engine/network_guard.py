"""A guard in each process of the engine: whatever a library tries, it reaches no other machine."""

from __future__ import annotations

import ipaddress
import sys
from functools import cache
from typing import Any

# Where each event of Python's audit table keeps the host or the address.
_PLACES = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}


class NetworkRefused(OSError):
    """Something asked for a network; libraries meet the error they know from a computer without one."""


@cache  # a hook stays for the life of the process, and forked children inherit it
def refuse_networks() -> None:
    """End every further way of this process to a network address of another machine in NetworkRefused.

    It sees what goes through Python's ``socket``, as all Python libraries here do; compiled code that
    calls the system itself is not seen (PEP 578).
    """
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    place = _PLACES.get(event)
    if place is None:
        return
    address = arguments[place]
    if isinstance(address, tuple):
        host = address[0]
    elif event.startswith("socket.get"):
        host = address
    else:
        return  # a path of this machine
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "localhost")
    if not _is_here(name):
        raise NetworkRefused(f"Casebook works offline: {event.partition('.')[2]} to {name} was refused")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
