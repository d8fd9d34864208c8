"""Early stopping: training ends when the part that is not learned from gets no better."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How long and how a network is trained: at most ``epochs``, ended after ``patience`` without gain."""

    epochs: int
    patience: int
    seed: int
    threads: int = 1
    learning_rate: float = 1e-3


@dataclass(slots=True)
class Best:
    """Keeps the weights of the epoch with the lowest loss on the part that is not learned from."""

    patience: int
    loss: float = float("inf")
    waited: int = 0
    _state: dict[str, Any] = field(default_factory=dict)

    def is_over(self, network: Any, loss: float) -> bool:
        """Note the loss after an epoch; return whether there was no gain for too long."""
        if loss < self.loss:
            self.loss, self.waited = loss, 0
            self._state = copy.deepcopy(network.state_dict())
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, network: Any) -> None:
        """Give the network its best weights back."""
        if self._state:
            network.load_state_dict(self._state)
