"""Train entity recognizers: one head per annotated set, all in one pipeline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import ModelMissing, UsageError
from engine.progress import Progress, ReportProgress, silent
from engine.recognizers.iob import TaggedSentence
from engine.recognizers.statistical import heads_of
from engine.training.entity_files import SUFFIXES, read_annotated
from engine.training.fitting import FitOptions, Fitted, encoder_config, fit, new_card, save_model
from engine.training.vector_head import add_vector_head
from engine.weights import CARD_FILE, ModelCard, read_card

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

# The corpora split at every mark that is neither letter nor digit; raw text must be split alike.
SPLIT_AT_MARKS = r"[^\w\s]|_"


def train(
    data: Path,
    out: Path,
    *,
    heads: tuple[str, ...] = (),
    seed: int = 1,
    minutes: float = 30.0,
    passes: int = 30,
    patience: int = 4,
    progress: ReportProgress = silent,
) -> ModelCard:
    """Train an entity model on ``data`` and write it as the model folder ``out``.

    ``data`` is an annotated file (IOB, ``.jsonl``, ``.spacy``; a tenth becomes the dev part), a folder with
    ``train.*`` and ``dev.*`` or ``devel.*``, or a folder of such folders: each becomes a head. Heads that
    ``out`` already has and that are not trained now are kept. Each head ends after ``passes`` over its data,
    after ``patience`` passes without a better dev F1, or after ``minutes``; the best state is kept.
    A head on the shared encoder and a spaCy ``ner`` head with an encoder of its own are tried; the better
    of the two on the dev part is written.
    """
    sets = {name: split for name, split in annotated_sets(data).items() if not heads or name in heads}
    if not sets:
        raise UsageError(f"{data} has none of the heads {', '.join(heads)}")
    chosen = FitOptions(seed=seed, seconds=60 * minutes, passes=passes, patience=patience)
    pipeline = _existing(out) or clinical_blank()
    card = None
    for name, (train_part, dev_part) in sets.items():
        progress(Progress(step=f"head {name}", done=0, total=chosen.passes))
        head, fitted = train_head(name, train_part, dev_part, options=chosen, progress=progress)
        if name in pipeline.pipe_names:
            pipeline.remove_pipe(name)
        if "words" in head.pipe_names and "words" not in pipeline.pipe_names:
            pipeline.add_pipe("words", source=head, first=True)
        pipeline.add_pipe(name, source=head)
        pipeline.meta["performance"] = {**pipeline.meta.get("performance", {}), name: _figures(fitted)}
        card = _save(pipeline, out, seed=seed)
    assert card is not None
    return card


def annotated_sets(
    data: Path,
) -> dict[str, tuple[tuple[TaggedSentence, ...], tuple[TaggedSentence, ...]]]:
    """Return the (train, dev) parts by head name; raises UsageError where there are none."""
    nlp = clinical_blank()
    if data.is_file():
        sentences = read_annotated(data, nlp)
        return {data.stem: (_without_tenth(sentences), sentences[9::10])}
    found = {}
    for folder in (data, *sorted(item for item in data.glob("*") if item.is_dir())):
        train_file, dev_file = _part(folder, "train"), _part(folder, "dev") or _part(folder, "devel")
        if train_file:
            sentences = read_annotated(train_file, nlp)
            dev = read_annotated(dev_file, nlp) if dev_file else sentences[9::10]
            found[folder.name] = (sentences if dev_file else _without_tenth(sentences), dev)
    if not found:
        raise UsageError(f"no train.tsv, train.jsonl or train.spacy in {data} or its folders")
    return found


def train_head(
    name: str,
    train_part: Sequence[TaggedSentence],
    dev_part: Sequence[TaggedSentence],
    *,
    options: FitOptions,
    progress: ReportProgress = silent,
) -> tuple[Language, Fitted]:
    """Return a pipeline with one head, the better of two, and how well it did on the dev part."""
    on_vectors = clinical_blank()
    try:
        linear = add_vector_head(on_vectors, name, train_part, dev_part, options=options, progress=progress)
    except ModelMissing:
        return _convolutional(name, train_part, dev_part, options, progress)
    if linear.score == 1.0:
        return on_vectors, linear
    nlp, fitted = _convolutional(name, train_part, dev_part, options, progress)
    return (nlp, fitted) if fitted.score > linear.score else (on_vectors, linear)


def _convolutional(
    name: str,
    train_part: Sequence[TaggedSentence],
    dev_part: Sequence[TaggedSentence],
    options: FitOptions,
    progress: ReportProgress,
) -> tuple[Language, Fitted]:
    from spacy.util import fix_random_seed

    fix_random_seed(options.seed)
    nlp = clinical_blank()
    nlp.add_pipe("ner", name=name, config={"model": _parser_model()})
    fitted = fit(
        nlp,
        _examples(nlp, train_part),
        _examples(nlp, dev_part),
        score=lambda figures: float(figures["ents_f"] or 0.0),
        options=options,
        progress=progress,
    )
    return nlp, fitted


def clinical_blank() -> Language:
    """Return an English pipeline without components that splits words as the clinical corpora do."""
    import spacy
    from spacy.tokenizer import Tokenizer

    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(nlp.vocab, infix_finditer=re.compile(SPLIT_AT_MARKS).finditer)
    return nlp


def _parser_model() -> dict[str, object]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": encoder_config(),
    }


def _examples(nlp: Language, sentences: Sequence[TaggedSentence]) -> list[Example]:
    from spacy.tokens import Doc
    from spacy.training import Example

    made = []
    for sentence in sentences:
        words = list(sentence.words)
        gold = Doc(nlp.vocab, words=words)
        gold.ents = [_span(gold, *entity) for entity in sorted(sentence.entities)]
        made.append(Example(Doc(nlp.vocab, words=words), gold))
    return made


def _span(doc: object, start: int, end: int, label: str) -> object:
    from spacy.tokens import Span

    return Span(doc, start, end, label=label)


def _existing(out: Path) -> Language | None:
    import spacy

    return spacy.load(out / "pipeline") if (out / "pipeline" / "config.cfg").is_file() else None


def _figures(fitted: Fitted) -> dict[str, float]:
    return {name: round(float(fitted.figures[name] or 0.0), 4) for name in ("ents_p", "ents_r", "ents_f")}


def _save(pipeline: Language, out: Path, *, seed: int) -> ModelCard:
    known = read_card(out, origin="trained") if (out / CARD_FILE).is_file() else None
    labels = [f"{name}:{label}" for name in heads_of(pipeline) for label in pipeline.get_pipe(name).labels]
    reached = pipeline.meta["performance"]
    dev = [(f"dev_f1_{name}", f"{figures['ents_f']:.4f}") for name, figures in reached.items()]
    return save_model(
        pipeline,
        out,
        new_card(
            out.name,
            "entities",
            labels=labels,
            licence=known.licence if known else "",
            summary=known.summary if known else "Entities by heads trained on annotated sets.",
            parameters=[("seed", str(seed)), *dev],
        ),
    )


def _part(folder: Path, name: str) -> Path | None:
    found = (item for item in sorted(folder.glob(f"{name}.*")) if item.suffix.lower() in SUFFIXES)
    return next(found, None)


def _without_tenth(sentences: Sequence[TaggedSentence]) -> tuple[TaggedSentence, ...]:
    return tuple(sentence for index, sentence in enumerate(sentences) if index % 10 != 9)
