"""Training of everything learned, from phrases and content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language

from assistant.core.content.alarms import alarms_file, load_alarms
from assistant.core.content.articles import fact_files, load_facts
from assistant.core.content.lexicon import lexicon_files, load_lexicon
from assistant.core.content.training_examples import (
    FollowUpExample,
    SegmentationExample,
    follow_up_files,
    load_follow_up_examples,
    load_segmentation_examples,
    load_unrelated_messages,
    otherwise_joined,
    segmentation_files,
    unrelated_messages_file,
)
from assistant.core.content.yaml_files import read_records
from assistant.core.dialogue.history import AnsweredQuestion
from assistant.core.dialogue.message_builder import readable
from assistant.core.protocol import UNRELATED
from assistant.nlu.candidates import candidate_of, may_follow, read_in_context
from assistant.nlu.classifiers.boundaries import Example, train_boundaries
from assistant.nlu.classifiers.follow_up_training import RankedExample, train_follow_ups
from assistant.nlu.classifiers.parallel import run_both
from assistant.nlu.encoder import SentenceEncoder, encoder_module
from assistant.nlu.reader import Classifiers, FactIndex, Reader
from assistant.nlu.state import Content, Segment
from assistant.nlu.text.analysis import Analyzer
from assistant.nlu.text.normalization import normalize
from assistant.nlu.text.spacy_pipeline import build_base


@dataclass(frozen=True)
class Phrase:
    """A training phrase."""

    text: str
    """As written."""
    normalized: str
    intent: str
    is_alarm: bool = False
    is_unclear: bool = False
    """It reports a symptom that may be expected or an alarm."""


def train_analyzer(data: Path, phrases: Iterable[str]) -> Analyzer:
    """Build the analyzer from the phrases as written, and from the content."""
    alarms = load_alarms(data) if alarms_file(data).exists() else []
    return Analyzer.build(load_lexicon(data), alarms, phrases)


def train_reader(data: Path, phrases: Sequence[Phrase], folder: Path, encoder_name: str) -> Reader:
    """Train the reader; the files of its encoder, which is a module's name, are written to ``folder``.

    Raises:
        EncoderWeightsError: the weights of the encoder are missing or altered.
        ValueError: the phrases have fewer than two intents.
    """
    module = encoder_module(encoder_name)
    module.write(folder)
    encoder = module.read(folder)
    texts = [phrase.normalized for phrase in phrases]
    layers, language = encoder.encode_layers(texts), build_base()
    classifiers, boundaries = run_both(
        lambda: Classifiers.train(
            texts,
            layers,
            [phrase.intent for phrase in phrases],
            [phrase.is_alarm for phrase in phrases],
            [phrase.is_unclear for phrase in phrases],
            width=encoder.width,
        ),
        lambda: train_boundaries(list(_boundary_examples(data, language, encoder))),
    )
    reader = Reader(encoder, classifiers, boundaries, facts=_index_facts(data, encoder))
    content = Content.load(data)
    analyzer = train_analyzer(data, [phrase.text for phrase in phrases])
    examples = list(ranked_examples(data, analyzer, reader, content))
    return replace(reader, follow_ups=train_follow_ups(examples, content.topics))


def _boundary_examples(data: Path, language: Language, encoder: SentenceEncoder) -> Iterator[Example]:
    for message in load_segmentation_examples(data):
        for each in (message, *otherwise_joined(message)):
            yield _boundary_example(each, language, encoder)


def _boundary_example(message: SegmentationExample, language: Language, encoder: SentenceEncoder) -> Example:
    """Return a training example as the pipeline would see the message, except for spelling correction."""
    doc = language(normalize(message.without_marks))
    ends = [len(normalize(before)) for before in message.before_marks]
    _, states = encoder.encode_with_tokens(doc)
    begins = frozenset(next(token.i for token in doc if token.idx > end) for end in ends)
    return Example(list(doc), states, begins)


def _index_facts(data: Path, encoder: SentenceEncoder) -> FactIndex | None:
    facts = load_facts(data)
    if not facts:
        return None
    return FactIndex(list(facts), encoder.encode([normalize(fact.statement) for fact in facts.values()]))


def ranked_examples(
    data: Path, analyzer: Analyzer, reader: Reader, content: Content
) -> Iterator[RankedExample]:
    """Yield the examples that are read in context, those of the files first."""
    for example, is_unrelated in _follow_up_examples(data):
        analysis = analyzer.analyze(example.text)
        segment = Segment.of(analysis, reader.read(analysis.normalized))
        if may_follow(segment, content):
            before = _answered(example, analyzer)
            candidate = candidate_of(segment, read_in_context(segment, before.asked, reader), before)
            yield RankedExample(candidate, frozenset(example.topic), is_unrelated)


def _follow_up_examples(data: Path) -> Iterator[tuple[FollowUpExample, bool]]:
    """Yield examples, and whether the weights of topics are not fitted to them."""
    for path in follow_up_files(data):
        yield from ((each, path.stem == UNRELATED) for each in read_records(path, "talks", FollowUpExample))
    if unrelated_messages_file(data).exists():
        messages = load_unrelated_messages(data)
        yield from ((each, True) for each in messages.after(load_follow_up_examples(data)))


def _answered(example: FollowUpExample, analyzer: Analyzer) -> AnsweredQuestion:
    before = analyzer.analyze(example.before)
    entities = [{"entity": each.name, "value": each.value} for each in before.entities]
    return AnsweredQuestion(example.topic_before[0], before.normalized, readable(entities))


def analyzer_files(data: Path) -> list[Path]:
    """Return the content that the analyzer is built from."""
    return [path for path in (*lexicon_files(data), alarms_file(data)) if path.exists()]


def reader_files(data: Path) -> list[Path]:
    """Return the content that the reader is trained on, beside the phrases."""
    files = [data / "topics.yml", *fact_files(data), *segmentation_files(data), *follow_up_files(data)]
    files.append(unrelated_messages_file(data))
    return [path for path in (*files, *analyzer_files(data)) if path.exists()]


def digest(paths: Iterable[Path]) -> str:
    """Return a hash of the names and contents of files."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()
