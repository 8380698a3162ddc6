"""The language guard: reports that are not in English are told apart before they are read."""

from __future__ import annotations

SHORTEST, LONGEST = 60, 4000  # characters judged

# By how much another language has to be the better guess, in nats a byte. English news full of
# foreign names stays below 0.5 (15,000 one-sentence reports), sentences of other languages start
# at 1.1; the plain winner would refuse one English report in two hundred.
MARGIN = 0.7


def foreign(text: str) -> str | None:
    """The ISO 639 code of a text that is surely not English; one too short to tell gives `None`.

    Method: py3langid, a naive Bayes model over byte n-grams (Lui and Baldwin 2012).
    """
    if len(text) < SHORTEST:
        return None
    import py3langid

    sample = text[:LONGEST].lower()
    ranked = py3langid.rank(sample)
    code, best = ranked[0]
    lead = float(best - dict(ranked)["en"]) / len(sample.encode())
    return str(code) if lead > MARGIN else None
