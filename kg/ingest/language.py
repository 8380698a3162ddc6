"""The language guard: reports that are not in English are told apart before they are read."""

from __future__ import annotations

SHORTEST, LONGEST = 60, 4000  # characters judged

# By how much another language has to be the better guess, in nats a byte. English news full of
# foreign names stays below 0.5 (15,000 one-sentence reports), sentences of other languages start
# at 1.1; the plain winner would refuse one English report in two hundred.
MARGIN = 0.7

# Words that no other language of the model writes often. They are a ninth of English news; where
# they are one in fourteen nothing need be asked, which spares the model for most corpora: half a
# second, eighty megabytes, and two milliseconds a report.
_ENGLISH = frozenset(
    ("the", "and", "that", "with", "from", "were", "which", "their", "this", "would")
)
_ENOUGH = 14


def foreign(text: str) -> str | None:
    """The ISO 639 code of a text that is surely not English; one too short to tell gives `None`.

    Method: py3langid, a naive Bayes model over byte n-grams (Lui and Baldwin 2012).
    """
    if len(text) < SHORTEST:
        return None
    sample = text[:LONGEST].lower()
    words = sample.split()
    if sum(word in _ENGLISH for word in words) * _ENOUGH >= len(words):
        return None
    import py3langid

    ranked = py3langid.rank(sample)
    code, best = ranked[0]
    lead = float(best - dict(ranked)["en"]) / len(sample.encode())
    return str(code) if lead > MARGIN else None
