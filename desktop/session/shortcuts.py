"""The keys that a user gave to actions on this workstation."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.session.preferences import Preferences

_STORED = "keys"
_BETWEEN = "\t"


class Shortcuts:
    """Keys by the name of their action, where they are not the usual ones; written at once."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def changed(self) -> Mapping[str, tuple[str, ...]]:
        """Return the actions that have other keys than usual; an empty tuple stands for no key."""
        rows = (row.split(_BETWEEN) for row in self._preferences.texts(_STORED))
        return {name: tuple(key for key in keys if key) for name, *keys in rows}

    def change(self, name: str, keys: tuple[str, ...]) -> None:
        self._store({**self.changed(), name: keys})

    def reset(self, name: str) -> None:
        """Give an action its usual keys again."""
        self._store({each: keys for each, keys in self.changed().items() if each != name})

    def reset_all(self) -> None:
        self._store({})

    def _store(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        self._preferences.set_texts(_STORED, [_BETWEEN.join((name, *keys[name])) for name in sorted(keys)])
        self._preferences.save()
