"""Words a second of the whole text path beside bare ``nlp.pipe`` of its own model, and growth with length.

python -m tests.benchmarks.text plot OUT.png    seconds by length of one report, up to 1 MB
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from engine.left_out import leave_torch_out
from engine.model.evidence import CaseKind, Report
from engine.model.ids import report_id
from engine.recognizers.pipeline import MODELS, TextPipeline
from engine.recognizers.statistical import load_pipeline
from engine.weights import find_model
from tests.benchmarks.measure import Row, data_dir, measure

_TEXTS = 60
# As many as ingest analyzes together.
_BATCH = 32
_LENGTHS_KB = (16, 32, 64, 128, 256, 512, 1024)


def rows() -> list[Row]:
    """Measure both in one process of its own, on one core."""
    one_core = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    done = measure([sys.executable, "-m", "tests.benchmarks.text", "both"], environment=one_core)
    figures = json.loads(done.output.splitlines()[-1])
    return [
        Row(
            what=f"text path on {_TEXTS} texts of mtsamples, words/s",
            ours=f"{figures['path']:.0f}",
            peer=f"bare nlp.pipe of {figures['model']} {figures['bare']:.0f}",
            ratio=f"{figures['path'] / figures['bare']:.2f}",
        ),
        Row(
            what="  words per second of processor time",
            ours=f"{figures['path_cpu']:.0f}",
            peer=f"bare {figures['bare_cpu']:.0f}",
            ratio=f"{figures['path_cpu'] / figures['bare_cpu']:.2f}",
        ),
        Row(what="  peak memory, MB", ours=f"{done.peak_rss_mb:.0f}", peer="", ratio=""),
    ]


def _both() -> dict[str, object]:
    texts = _texts(_TEXTS)
    words = sum(len(text.split()) for text in texts)
    (name,) = MODELS[CaseKind.MEDICAL]
    nlp = load_pipeline(find_model(name))
    pipeline = TextPipeline.load(CaseKind.MEDICAL)
    reports = [_report(text) for text in texts]
    for _ in range(2):  # the first round warms up: the network prepares itself for each size of input
        # Processor time too: it is what a busy machine cannot blur.
        bare = _clocked(lambda: [len(doc) for doc in nlp.pipe(texts)])
        path = _clocked(
            lambda: [pipeline.analyze(reports[at : at + _BATCH]) for at in range(0, _TEXTS, _BATCH)]
        )
    return {
        "model": name,
        "bare": words / bare[0],
        "bare_cpu": words / bare[1],
        "path": words / path[0],
        "path_cpu": words / path[1],
    }


def _clocked(run: object) -> tuple[float, float]:
    assert callable(run)
    wall, processor = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - processor


def _plot(out: Path) -> None:
    """Draw the processor seconds of one report against its length, whole path and rules alone."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    text = "\n\n".join(_texts(200))
    text = text * (1 + _LENGTHS_KB[-1] * 1000 // len(text))
    pipeline = TextPipeline.load(CaseKind.MEDICAL)
    pipeline.analyze([_report(text[:2000])])
    seconds = [
        _clocked(lambda kb=kb: pipeline.analyze([_report(text[: kb * 1000])]))[1] for kb in _LENGTHS_KB
    ]
    figure, axes = pyplot.subplots(figsize=(6, 4))
    axes.plot(_LENGTHS_KB, seconds, marker="o")
    axes.set(xlabel="length of one report, KB", ylabel="processor seconds", xlim=(0, None), ylim=(0, None))
    figure.savefig(out, dpi=120, bbox_inches="tight")
    for kb, taken in zip(_LENGTHS_KB, seconds, strict=True):
        print(f"{kb:5d} KB  {taken:7.2f} s  {1000 * taken / kb:6.2f} s/MB")


def _texts(number: int) -> list[str]:
    lines = (data_dir() / "mtsamples" / "mtsamples.jsonl").read_text("utf-8").splitlines()
    return [str(json.loads(line)["text"]) for line in lines[:number]]


def _report(text: str) -> Report:
    return Report(id=report_id("0" * 64, 0), sha256="0" * 64, text=text)


if __name__ == "__main__":
    leave_torch_out()  # as in every engine process that is not on CUDA
    if sys.argv[1] == "plot":
        _plot(Path(sys.argv[2]))
    else:
        print(json.dumps(_both()))
