"""What the options of a training mean, in plain words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.item_models.wording import mark

_CONTEXT: Final = "Options"

_MEANINGS = {
    "also": mark("Options", "more folders to learn from, with commas between"),
    "batch": mark("Options", "pictures for each step"),
    "classifier": mark(
        "Options", "the network that looks at the pictures: finetuned or a model of kinds of pictures"
    ),
    "degrees": mark("Options", "pictures are turned by up to so many degrees"),
    "device": mark("Options", "cpu, or 0 for the first graphics card"),
    "epochs": mark("Options", "how often all pictures are learned from"),
    "estimator": mark("Options", "features (of links) or autoencoder (of pictures and sentences)"),
    "flip_lr": mark("Options", "chance of a picture mirrored left to right; 0 where sides have names"),
    "flip_ud": mark("Options", "chance of a picture upside down"),
    "gray": mark("Options", "yes: learn and look in gray"),
    "heads": mark("Options", "which sets of labels to learn, with commas between; empty: all"),
    "held_out": mark("Options", "share of the pictures that is kept apart to measure on"),
    "include": mark("Options", "a text file with the names of the pictures to use"),
    "input_px": mark("Options", "side of the square that the network sees, in pixels"),
    "learning_rate": mark("Options", "how far each step goes"),
    "licence": mark("Options", "what the model's card says about its licence"),
    "matcher": mark("Options", "features (of links) or network (of pixels and sentences)"),
    "max_minutes": mark("Options", "an end to the time; the number of epochs follows from the speed"),
    "measured_folds": mark("Options", "on how many of five parts it is measured"),
    "minutes": mark("Options", "an end to the time"),
    "mixup": mark("Options", "chance of two pictures laid over each other"),
    "more": mark("Options", "further files of pairs, with commas between"),
    "mosaic": mark("Options", "chance of four pictures put together"),
    "optimizer": mark("Options", "how steps are found: AdamW or SGD"),
    "outline_epochs": mark("Options", "how long a second network learns to draw the outlines anew; 0: none"),
    "passes": mark("Options", "how often all texts are learned from"),
    "patience": mark("Options", "it ends after so many epochs or passes without a gain; 0: never"),
    "penalty": mark("Options", "how strongly large weights are held back"),
    "plain_share": mark("Options", "share of the epochs, at the end, without mosaics"),
    "precision": mark("Options", "auto, bf16 (faster where the processor can) or fp32"),
    "preset": mark("Options", "a choice of all that is left empty here, by its name"),
    "same_as": mark("Options", "labels to learn as another one, as angle=fracture"),
    "scale": mark("Options", "pictures get larger or smaller by up to this share"),
    "scenes": mark(
        "Options", "the kinds of pictures that the model looks at, with commas between; empty: all"
    ),
    "seed": mark("Options", "a number from which all chance follows: equal seeds, equal models"),
    "shape": mark("Options", "auto, mask (outlines) or box"),
    "start": mark("Options", "weights or a model to go on from; empty: random weights"),
    "threads": mark("Options", "cores that are used"),
    "version": mark("Options", "the version that the model's card names"),
    "with_dev": mark("Options", "yes: learn the parts that are meant to measure on, too"),
}


def option_words(name: str) -> str:
    """Say what an option does, in the user's language; nothing for one that has no words."""
    meaning = _MEANINGS.get(name, "")
    return QCoreApplication.translate(_CONTEXT, meaning) if meaning else ""
