"""The whole way from a Report's text to its Entities; of each stretch of text one reading stays."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.errors import ModelMissing
from engine.model.evidence import CaseKind, Report, Section, Span
from engine.model.findings import Assertion, Entity, EntityAttributes, entity_id
from engine.model.runs import Component
from engine.protocols import AnalyzedReport
from engine.recognizers.abbreviations import find_definitions, is_abbreviation, spelled_out
from engine.recognizers.assertion import assert_spans, assertion_component
from engine.recognizers.attributes import attributes_of
from engine.recognizers.chest_places import chest_component, find_chest_places
from engine.recognizers.coordinates import LABEL as COORDINATES
from engine.recognizers.coordinates import coordinates_component, find_coordinates
from engine.recognizers.found import Found
from engine.recognizers.grammar import Grammar
from engine.recognizers.language import detect_language
from engine.recognizers.lexicon import words_of
from engine.recognizers.measured import measurements
from engine.recognizers.names import NAME_LABELS, can_be_name
from engine.recognizers.overlap import with_longer_names, without_overlaps
from engine.recognizers.patterns import find_patterns, pattern_component
from engine.recognizers.sections import cut_by, find_sections, section_assertion, section_at
from engine.recognizers.sentence_words import SentenceWords
from engine.recognizers.sentences import sentence_at, split_sentences
from engine.recognizers.statistical import StatisticalRecognizer, stretches
from engine.recognizers.terms import TermFinder, concept_text, load_term_finder, term_component
from engine.recognizers.things import find_things, thing_component
from engine.vocabulary import normal_form
from engine.weights import ModelCard, model_for

ENGLISH = "english"
MODELS = {CaseKind.MEDICAL: ("clinical-entities",), CaseKind.FORENSIC: ("names",)}
_WITH_CONCEPT = frozenset(["finding", "anatomy", "chemical", "procedure", "device"])


NAMES_OF_NUMBERS = frozenset(
    {
        "account-number",
        "card-number",
        "case-number",
        COORDINATES,
        "date",
        "email",
        "exhibit",
        "figure",
        "file-name",
        "phone",
        "plate",
    }
    | {"network-address", "place", "serial-number", "study-number", "time"}
)
"""Labels of identifiers, places, dates and times, whose numbers count nothing."""

MOST_ENTITIES = 5_000
"""How many phrases of one Report are kept, first ones first; ingest says when there were more."""

STATISTICAL_CHARACTERS = 100_000
"""How far into a Report the statistical models read; terms and patterns read all of it.

A book of words in one file would keep the models busy for minutes; no report of a person is as long.
"""

# The network pads less and meets fewer new shapes where it may choose from many at a time.
_STRETCHES_TOGETHER = 128


@dataclass(frozen=True, slots=True)
class TextPipeline:
    """All recognizers for one kind of case, loaded; ``analyze`` may be called again and again."""

    kind: CaseKind
    statistical: tuple[StatisticalRecognizer, ...]
    grammar: Grammar | None
    pattern_part: Component
    term_part: Component
    assertion_part: Component

    @classmethod
    def load(cls, kind: CaseKind, *, with_models: bool = True) -> TextPipeline:
        """Load what ``kind`` needs: patterns, terms and, unless they are not wanted, statistical models.

        A model that is not on this workstation is left out too: ``components`` then does not name it.
        """
        models = MODELS[kind] if with_models else ()
        grammar = (ENGLISH,) if models and kind is CaseKind.FORENSIC else ()
        return cls(
            kind=kind,
            statistical=tuple(StatisticalRecognizer(card) for card in _available(models)),
            grammar=next(map(Grammar, _available(grammar)), None),
            pattern_part=pattern_component(),
            term_part=term_component(kind),
            assertion_part=assertion_component(),
        )

    @property
    def terms(self) -> TermFinder:
        """The vocabulary; it is read when the first text comes, and once."""
        return load_term_finder(self.kind)

    @property
    def components(self) -> tuple[Component, ...]:
        """Everything that decides what comes out."""
        models = [model.component for model in self.statistical]
        models += [self.grammar.component] if self.grammar else []
        of_kind = thing_component() if self.kind is CaseKind.FORENSIC else chest_component()
        things = (coordinates_component(), of_kind)
        return (self.pattern_part, self.term_part, *things, *models, self.assertion_part)

    def analyze(self, reports: Sequence[Report]) -> list[AnalyzedReport]:
        """Return the reports with language and sections filled in, and their Entities in text order."""
        languages = [report.language or detect_language(report.text) for report in reports]
        sentences = [split_sentences(report.text) for report in reports]
        found = [
            [*find_patterns(report.text, self.pattern_part.id), *find_coordinates(report.text)]
            for report in reports
        ]
        english = [index for index, language in enumerate(languages) if language == "en"]
        for index in english:
            found[index] += self.terms.find(reports[index].text, self.term_part.id)
            if self.kind is CaseKind.FORENSIC:
                found[index] += find_things(reports[index].text)
            else:
                found[index] += find_chest_places(reports[index].text, sentences[index])
        if self.statistical:
            self._ask(reports, sentences, english, found)
        for index in english:
            definitions = find_definitions(reports[index].text, sentences[index])
            found[index] += spelled_out(reports[index].text, definitions, found[index])
        return [
            self._finish(report, language, parts, candidates)
            for report, language, parts, candidates in zip(reports, languages, sentences, found, strict=True)
        ]

    def _ask(
        self,
        reports: Sequence[Report],
        sentences: Sequence[Sequence[Span]],
        chosen: Sequence[int],
        found: Sequence[list[Found]],
    ) -> None:
        """Add what the statistical models find; all read a few stretches before they go on to the next."""
        places = [
            (index, part)
            for index in chosen
            for part in stretches(reports[index].text, _within_reach(sentences[index]))
        ]
        for first in range(0, len(places), _STRETCHES_TOGETHER):
            some = places[first : first + _STRETCHES_TOGETHER]
            parts = [part for _, part in some]
            names = self.grammar.proper_nouns(parts) if self.grammar else [None] * len(parts)
            for model in self.statistical:
                for (index, _), proper, entities in zip(some, names, model.find(parts), strict=True):
                    found[index] += [
                        item for item in entities if self._is_believed(reports[index].text, item, proper)
                    ]

    def _is_believed(self, text: str, item: Found, proper_nouns: frozenset[int] | None) -> bool:
        """Tell whether what a model found can be: a name has a proper noun, all is more than a stop word."""
        written = text[item.start : item.end]
        if item.label not in NAME_LABELS:
            return normal_form(written) not in self.terms.skipped or is_abbreviation(
                text, item.start, item.end
            )
        if proper_nouns is None:
            return can_be_name(written)
        return any(place in proper_nouns for place in range(item.start, item.end))

    def _finish(
        self, report: Report, language: str, sentences: Sequence[Span], candidates: Iterable[Found]
    ) -> AnalyzedReport:
        sections = cut_by(find_sections(report.text), report.sections)
        kept = without_overlaps(with_longer_names(candidates))[:MOST_ENTITIES]
        entities: list[Entity] = []
        starts = [span.start for span in sentences]
        for span, group in _by_sentence(kept, sentences, starts):
            entities += self._entities(report, span, group, sections)
        done = dataclasses.replace(report, language=language, sections=sections)
        return AnalyzedReport(report=done, entities=tuple(entities))

    def _entities(
        self, report: Report, sentence: Span, group: Sequence[Found], sections: Sequence[Section]
    ) -> list[Entity]:
        spans = [Span(start=item.start, end=item.end) for item in group]
        words = SentenceWords.of(report.text, sentence)
        sizes = measurements(words, _measurable(group))
        assertions = assert_spans(report.text, sentence, spans)
        entities = []
        for item, span, assertion in zip(group, spans, assertions, strict=True):
            section = section_at(sections, span.start)
            text = report.text[span.start : span.end]
            label, concept, normal = self._meaning(item, text)
            entities.append(
                Entity(
                    id=entity_id(report.id, item.component_id, label, span),
                    report_id=report.id,
                    label=label,
                    text=text,
                    span=span,
                    score=item.score,
                    component_id=item.component_id,
                    normal=normal,
                    concept=concept,
                    assertion=_in_section(item, concept, assertion, section),
                    attributes=_fitting(
                        label,
                        attributes_of(
                            words,
                            span,
                            section=section.kind if section else "",
                            measurement=sizes.get(span),
                        ),
                    ),
                )
            )
        return entities

    def _meaning(self, item: Found, text: str) -> tuple[str, str, str]:
        """Return label, concept and normal form; what a model found is looked up, if need be by its head.

        A concept that only a side or a place is said of decides the label too: "left knee" is no finding,
        whatever the heads of a model agree on.
        """
        if item.normal:
            return item.label, item.concept, item.normal
        normal = normal_form(text)
        if item.label not in _WITH_CONCEPT:
            return item.label, "", normal
        words = normal.split()
        for start in range(len(words)):
            phrase = " ".join(words[start:])
            concepts = self.terms.vocabulary.concepts_of_normal(phrase)
            if concepts and phrase not in self.terms.skipped:
                is_all = _place_words().issuperset(words[:start])
                label = concepts[0].label if is_all and concepts[0].label in _WITH_CONCEPT else item.label
                return label, concept_text(concepts[0]), normal
        return item.label, "", normal


def _measurable(group: Sequence[Found]) -> list[Span]:
    """Return the phrases that can have a size: no name, number or date."""
    return [
        Span(start=item.start, end=item.end)
        for item in group
        if item.concept or (item.label not in NAMES_OF_NUMBERS and item.label not in NAME_LABELS)
    ]


@functools.cache
def _place_words() -> frozenset[str]:
    return words_of("side") | words_of("position")


def _within_reach(sentences: Sequence[Span]) -> Iterable[Span]:
    return (span for span in sentences if span.end <= STATISTICAL_CHARACTERS)


def _available(names: Iterable[str]) -> Iterable[ModelCard]:
    for name in names:
        try:
            yield model_for(name)
        except ModelMissing:
            continue


def _by_sentence(
    found: Sequence[Found], sentences: Sequence[Span], starts: Sequence[int]
) -> Iterable[tuple[Span, list[Found]]]:
    """Group findings by the sentence that they begin in; one that runs on stretches its group's span."""
    groups: dict[int, list[Found]] = {}
    spans: dict[int, Span] = {}
    for item in found:
        sentence = sentence_at(sentences, starts, item.start) or Span(start=item.start, end=item.end)
        known = spans.get(sentence.start, sentence)
        spans[sentence.start] = Span(start=known.start, end=max(known.end, item.end))
        groups.setdefault(sentence.start, []).append(item)
    return [(spans[start], groups[start]) for start in sorted(groups)]


def _in_section(item: Found, concept: str, assertion: Assertion, section: Section | None) -> Assertion:
    # Names, dates and identifiers are simply there; a report cannot deny them.
    if not concept and (item.label in NAMES_OF_NUMBERS or item.label in NAME_LABELS):
        return Assertion.PRESENT
    if assertion is Assertion.PRESENT and section is not None:
        return section_assertion(section.kind) or assertion
    return assertion


def _fitting(label: str, attributes: EntityAttributes) -> EntityAttributes:
    """Leave away what a name cannot have: 22:12 is no count of twenty-two."""
    if label not in NAMES_OF_NUMBERS:
        return attributes
    return dataclasses.replace(attributes, count=None, measurement=None, colors=())
