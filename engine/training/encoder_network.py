"""The shared encoder as it is trained: MiniLM with the shape of words, and a head for each scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.recognizers.pieces import CLASS_PIECE, PADDING_PIECE, SEPARATOR_PIECE, SHAPES
from engine.training.encoder_data import ARCS, RELATIONS, STARTS, UNKNOWN, WORD_TAGS, Sentence

WIDTH, ARC_WIDTH, RELATION_WIDTH = 384, 192, 96
SYNTAX = (*WORD_TAGS, STARTS, ARCS, RELATIONS)
# How much each kind of head counts beside the entities.
WEIGHTS = {"tags": 0.3, "universal": 0.3, "morphology": 0.3, STARTS: 0.3, ARCS: 0.5, RELATIONS: 0.4}


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Packs as tensors: pieces (packs, pieces); pairs of flat piece and word; words of each sentence."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    pair_pieces: Tensor
    pair_words: Tensor
    sentences: tuple[tuple[int, int], ...]
    targets: dict[str, Tensor]
    words: int


def collate(packs: Sequence[Sequence[Sentence]]) -> Batch:
    """Put packs side by side; a head that a set does not annotate is unknown there."""
    longest = 2 + max(sum(len(item.pieces) for item in pack) for pack in packs)
    ids = np.full((len(packs), longest), PADDING_PIECE, dtype=np.int64)
    shapes = np.zeros_like(ids)
    mask = np.zeros(ids.shape, dtype=bool)
    pairs: list[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]] = []
    places: list[tuple[int, int]] = []
    everything: list[Sentence] = []
    words = 0
    for row, pack in enumerate(packs):
        ids[row, 0] = CLASS_PIECE
        column = 1
        for item in pack:
            size, count = len(item.pieces), len(item.first)
            ids[row, column : column + size] = item.pieces.ids
            shapes[row, column : column + size] = item.pieces.shapes
            spread = item.after - item.first
            of_word = np.repeat(np.arange(count), spread)
            within = np.arange(len(of_word)) - np.repeat(np.cumsum(spread) - spread, spread)
            pairs.append((row * longest + column + np.repeat(item.first, spread) + within, words + of_word))
            places.append((words, words + count))
            everything.append(item)
            words += count
            column += size
        ids[row, column] = SEPARATOR_PIECE
        mask[row, : column + 1] = True
    heads = {head for item in everything for head in item.targets}
    targets = {}
    for head in heads:
        column_of = np.full(words, UNKNOWN, dtype=np.int64)
        for item, (start, end) in zip(everything, places, strict=True):
            if head in item.targets:
                column_of[start:end] = item.targets[head]
        targets[head] = torch.from_numpy(column_of)
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(shapes),
        torch.from_numpy(mask),
        torch.from_numpy(np.concatenate([pair[0] for pair in pairs])),
        torch.from_numpy(np.concatenate([pair[1] for pair in pairs])),
        tuple(places),
        targets,
        words,
    )


class Network(nn.Module):  # type: ignore[misc]
    """The encoder and its heads; ``sizes`` gives the number of labels of each head."""

    def __init__(self, source: Path, sizes: Mapping[str, int]) -> None:
        from transformers import BertModel

        super().__init__()
        self.bert = BertModel.from_pretrained(
            source, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.dropout = nn.Dropout(0.15)
        # Syntax reads a mix of the layers, entities the last one.
        self.mix = nn.Parameter(torch.zeros(6))
        self.heads = nn.ModuleDict(
            {name: nn.Linear(WIDTH, size) for name, size in sizes.items() if name != RELATIONS}
        )
        if RELATIONS in sizes:
            self.dependent = nn.Linear(WIDTH, ARC_WIDTH)
            self.governor = nn.Linear(WIDTH, ARC_WIDTH)
            self.arc = nn.Parameter(torch.eye(ARC_WIDTH) * 0.1)
            self.arc_bias = nn.Linear(ARC_WIDTH, 1)
            self.root = nn.Linear(WIDTH, 1)
            self.relation_dependent = nn.Linear(WIDTH, RELATION_WIDTH)
            self.relation_governor = nn.Linear(WIDTH, RELATION_WIDTH)
            self.relation = nn.Linear(RELATION_WIDTH, sizes[RELATIONS] * RELATION_WIDTH, bias=False)
            self.relation_linear = nn.Linear(2 * RELATION_WIDTH, sizes[RELATIONS])

    def words(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return the words' vectors for entities and for syntax, (words, 384) each."""
        embedded = self.bert.embeddings.word_embeddings(batch.ids) + self.shapes(batch.shapes)
        out = self.bert(inputs_embeds=embedded, attention_mask=batch.mask.long(), output_hidden_states=True)
        layers = out.hidden_states[1:]
        shares = torch.softmax(self.mix, 0)
        mixed = sum(share * layer.float() for share, layer in zip(shares, layers, strict=True))
        return self._pooled(layers[-1].float(), batch), self._pooled(mixed, batch)

    def _pooled(self, hidden: Tensor, batch: Batch) -> Tensor:
        flat = hidden.reshape(-1, WIDTH)
        total = flat.new_zeros(batch.words, WIDTH).index_add(0, batch.pair_words, flat[batch.pair_pieces])
        count = flat.new_zeros(batch.words).index_add(
            0, batch.pair_words, flat.new_ones(len(batch.pair_words))
        )
        return total / count[:, None]

    def loss(self, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        """Return the weighted loss per word of the batch, and each head's own mean loss."""
        entities, syntax = self.words(batch)
        entities, syntax = self.dropout(entities), self.dropout(syntax)
        total = entities.new_zeros(())
        parts = {}
        for name, head in self.heads.items():
            target = batch.targets.get(name)
            if target is None:
                continue
            known = target != UNKNOWN
            if not known.any():
                continue
            logits = head((syntax if name in SYNTAX else entities)[known])
            summed = functional.cross_entropy(logits, target[known], reduction="sum")
            parts[name] = float(summed.detach()) / int(known.sum())
            total = total + WEIGHTS.get(name, 1.0) * summed
        if ARCS in batch.targets:
            for name, summed, count in self._syntax_losses(syntax, batch):
                parts[name] = float(summed.detach()) / count
                total = total + WEIGHTS[name] * summed
        return total / batch.words, parts

    def _syntax_losses(self, syntax: Tensor, batch: Batch) -> list[tuple[str, Tensor, int]]:
        chosen = [place for place in batch.sentences if batch.targets[ARCS][place[0]] != UNKNOWN]
        padded, mask = padded_sentences(syntax, chosen)
        heads, _ = padded_sentences(batch.targets[ARCS][:, None], chosen)
        relations, _ = padded_sentences(batch.targets[RELATIONS][:, None], chosen)
        scores = self.arc_scores(padded, mask)
        gold = heads[..., 0]
        arc = functional.cross_entropy(scores[mask], gold[mask], reduction="sum")
        logits = self.relation_scores(padded, gold)[mask]
        relation = functional.cross_entropy(
            logits, relations[..., 0][mask], reduction="sum", ignore_index=UNKNOWN
        )
        count = int(mask.sum())
        return [(ARCS, arc, count), (RELATIONS, relation, count)]

    def arc_scores(self, padded: Tensor, mask: Tensor) -> Tensor:
        """Return (sentences, dependents, heads) scores; a word that heads itself is the root."""
        dependent = functional.gelu(self.dependent(padded))
        governor = functional.gelu(self.governor(padded))
        scores = dependent @ self.arc @ governor.transpose(1, 2)
        scores = scores + self.arc_bias(governor).transpose(1, 2)
        own = torch.eye(padded.shape[1], dtype=torch.bool)
        scores = torch.where(own, self.root(padded).expand_as(scores), scores)
        return scores.masked_fill(~mask[:, None, :], -1e4)

    def relation_scores(self, padded: Tensor, heads: Tensor) -> Tensor:
        """Return (sentences, words, relations) scores of each word under its head."""
        dependent = functional.gelu(self.relation_dependent(padded))
        governor = functional.gelu(self.relation_governor(padded))
        chosen = governor.gather(1, heads.clamp(min=0)[..., None].expand(-1, -1, RELATION_WIDTH))
        both = torch.cat([dependent, chosen], -1)
        crossed = self.relation(dependent).unflatten(-1, (-1, RELATION_WIDTH)) @ chosen[..., None]
        return crossed[..., 0] + self.relation_linear(both)


def padded_sentences(rows: Tensor, places: Sequence[tuple[int, int]]) -> tuple[Tensor, Tensor]:
    """Return the rows of each sentence padded to the longest, and where there is a word."""
    padded = nn.utils.rnn.pad_sequence([rows[start:end] for start, end in places], batch_first=True)
    lengths = torch.tensor([end - start for start, end in places])
    mask = torch.arange(padded.shape[1])[None] < lengths[:, None]
    return padded, mask
