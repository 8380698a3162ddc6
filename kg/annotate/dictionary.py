"""Which letters spell an English word: the lemmatizer's own list, with inflections."""

from __future__ import annotations

from functools import cache

from kg.annotate.engine import model_folder

_PREFIXES = (
    "anti", "counter", "non", "un", "re", "ex", "pro", "pre", "inter", "multi", "para", "over",
    "mis", "semi", "sub", "super", "under", "out",
)  # fmt: skip
# Function words that the engine's stop words leave out.
_SMALL_WORDS = frozenset({
    "amid", "amidst", "versus", "whilst", "everybody", "anybody", "somebody", "unlike", "till",
    "onto", "oh", "shall", "etc", "vs", "til", "its", "theirs", "ok", "yes", "per", "via",
})  # fmt: skip
_SHORTEST_STEM, _SHORTEST_PART = 4, 4
type Index = dict[str, frozenset[str]]


def is_word(form: str) -> bool:
    """Whether the lower-case form is a word, inflected or with a prefix, and not only a name."""
    plain = form.removesuffix("'s").removesuffix("’s")
    return bool(word_classes(plain)) or _derived(plain) or _compounded(plain)


def _derived(form: str) -> bool:
    return any(
        form.startswith(prefix)
        and len(form) - len(prefix) >= _SHORTEST_STEM
        and word_classes(form.removeprefix(prefix))
        for prefix in _PREFIXES
    )


def _compounded(form: str) -> bool:
    """Whether two words make it, as in "airstrike" and "gunship"."""
    places = range(_SHORTEST_PART - 1, len(form) - _SHORTEST_PART + 1)
    return any(word_classes(form[:at]) and word_classes(form[at:]) for at in places)


@cache
def word_classes(form: str) -> frozenset[str]:
    """The classes ("noun", "verb", "adj", "adv", "small") in which the form has a lemma."""
    index, exceptions, rules, small = _tables()
    found = {"small"} if form in small else set()
    for name, lemmas in index.items():
        stems = {
            form[: len(form) - len(old)] + new
            for old, new in rules.get(name, ())
            if form.endswith(old) and len(form) > len(old)
        }
        if form in lemmas or form in exceptions.get(name, ()) or stems & lemmas:
            found.add(name)
    return frozenset(found)


@cache
def _tables() -> tuple[Index, Index, dict[str, tuple[tuple[str, str], ...]], frozenset[str]]:
    from spacy.lang.en.stop_words import STOP_WORDS
    from spacy.lookups import Lookups

    lookups = Lookups().from_disk(model_folder() / "lemmatizer" / "lookups")
    names = ("noun", "verb", "adj", "adv")
    index, exceptions, rules = (
        lookups.get_table(f"lemma_{each}") for each in ("index", "exc", "rules")
    )
    return (
        {name: frozenset(index[name]) for name in names},
        {name: frozenset(exceptions.get(name, ())) for name in names},
        {name: tuple((old, new) for old, new in rules.get(name, ())) for name in names},
        frozenset(STOP_WORDS) | _SMALL_WORDS,
    )
