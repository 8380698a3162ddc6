"""`kg eval`: the pipeline measured on sets that other people annotated, and on our own gold.

    suite folder -> items -> texts -> pipeline -> answers in the suite's terms -> rows -> card

The metric names are stable; each suite's module says what its own mean.
"""

from kg.evaluate.errorlog import ErrorLog
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.run import evaluate, peers
from kg.evaluate.scorecard import Line, Scorecard, SuiteScore, lines, load_scorecard
from kg.evaluate.suite import Slip

__all__ = [
    "ErrorLog",
    "Line",
    "Outcome",
    "Pipeline",
    "Scorecard",
    "Slip",
    "SuiteScore",
    "Text",
    "evaluate",
    "lines",
    "load_scorecard",
    "peers",
]
