"""The multimodal autoencoder of pictures and texts as it is trained (Henning and Ewerth 2017)."""

from __future__ import annotations

from typing import Any

from engine.relations.autoencoder import PADDING, SENTENCES, WORDS
from engine.relations.joint import VALUES

_WORD_SIZE, _TEXT_SIZE, _PICTURE_SIZE = 48, 64, 64
_EMBEDDING = 96
DECODED_PX = 24


def make_article_network(vocabulary: int) -> Any:
    """Return a network with ``embed`` (pictures, words), ``draw``, ``write`` and ``classify``.

    ``pictures`` (n, 3, 96, 96), ``words`` int64 (n, SENTENCES, WORDS). ``draw`` gives pictures back at 24 px,
    ``write`` the logits of each word after the ones before it, ``classify`` the logits of cmi, sc and abs.
    """
    import torch
    from torch import nn

    from engine.training.picture_encoder import make_picture_encoder

    class Attention(nn.Module):  # type: ignore[misc] # torch is not typed here
        """The mean of a sequence, weighed by how much each place tells (Yang et al. 2016)."""

        def __init__(self, size: int) -> None:
            super().__init__()
            self.reading, self.worth = nn.Linear(size, size), nn.Linear(size, 1, bias=False)

        def forward(self, states: Any, there: Any) -> Any:
            scores = self.worth(torch.tanh(self.reading(states)))[..., 0]
            shares = (scores - 1e4 * (1 - there)).softmax(1)
            return (shares[..., None] * states).sum(1)

    class Reader(nn.Module):  # type: ignore[misc]
        """Words to sentences to the whole text, each by a recurrent layer and attention."""

        def __init__(self) -> None:
            super().__init__()
            self.words = nn.Embedding(vocabulary, _WORD_SIZE, padding_idx=PADDING)
            self.by_word = nn.GRU(_WORD_SIZE, _TEXT_SIZE, batch_first=True)
            self.by_sentence = nn.GRU(_TEXT_SIZE, _TEXT_SIZE, batch_first=True)
            self.of_words, self.of_sentences = Attention(_TEXT_SIZE), Attention(_TEXT_SIZE)
            self.drop = nn.Dropout(0.3)

        def forward(self, words: Any) -> Any:
            flat = words.reshape(-1, WORDS)
            there = (flat != PADDING).float()
            states, _ = self.by_word(self.drop(self.words(flat)))
            sentences = self.of_words(states, there).reshape(-1, SENTENCES, _TEXT_SIZE)
            states, _ = self.by_sentence(self.drop(sentences))
            return self.of_sentences(states, (words[:, :, 0] != PADDING).float())

    class ArticleNetwork(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.see, self.read = make_picture_encoder(_PICTURE_SIZE), Reader()
            self.article = nn.Sequential(nn.Linear(_PICTURE_SIZE + _TEXT_SIZE, _EMBEDDING), nn.Tanh())
            self.canvas = nn.Linear(_EMBEDDING, 48 * 3 * 3)
            self.painter = nn.Sequential(
                *(nn.ConvTranspose2d(48, 32, 4, 2, 1), nn.ReLU()),
                *(nn.ConvTranspose2d(32, 16, 4, 2, 1), nn.ReLU()),
                nn.ConvTranspose2d(16, 3, 4, 2, 1),
            )
            self.opening = nn.Linear(_EMBEDDING, SENTENCES * _TEXT_SIZE)
            self.writer = nn.GRU(_WORD_SIZE, _TEXT_SIZE, batch_first=True)
            self.choice = nn.Linear(_TEXT_SIZE, vocabulary)
            self.classifier = nn.Sequential(
                *(nn.Dropout(0.3), nn.Linear(_EMBEDDING, 48), nn.ReLU()),
                nn.Linear(48, sum(len(steps) for steps in VALUES.values())),
            )

        def embed(self, pictures: Any, words: Any) -> Any:
            return self.article(torch.cat([self.see(pictures), self.read(words)], 1))

        def draw(self, article: Any) -> Any:
            return self.painter(self.canvas(article).reshape(-1, 48, 3, 3))

        def write(self, article: Any, words: Any) -> Any:
            start = torch.tanh(self.opening(article)).reshape(1, -1, _TEXT_SIZE)
            flat = words.reshape(-1, WORDS)
            before = nn.functional.pad(flat[:, :-1], (1, 0), value=PADDING)
            states, _ = self.writer(self.read.words(before), start.contiguous())
            return self.choice(states)

        def classify(self, article: Any) -> tuple[Any, ...]:
            sizes = [len(steps) for steps in VALUES.values()]
            return tuple(self.classifier(article).split(sizes, 1))

        def forward(self, pictures: Any, words: Any) -> tuple[Any, ...]:
            return tuple(each.softmax(1) for each in self.classify(self.embed(pictures, words)))

    return ArticleNetwork()
