"""The suites, one module each: reader, mapping of our types to the set's, metric names."""

from __future__ import annotations

from typing import Any

from kg.evaluate.suite import Suite
from kg.evaluate.suites.benchie import BenchIE
from kg.evaluate.suites.carb import Carb
from kg.evaluate.suites.gap import Gap
from kg.evaluate.suites.geovirus import GeoVirus
from kg.evaluate.suites.geowebnews import GeoWebNews
from kg.evaluate.suites.gold import Gold
from kg.evaluate.suites.gum import Gum
from kg.evaluate.suites.meantime import Meantime
from kg.evaluate.suites.muc4 import Muc4
from kg.evaluate.suites.plover_gsr import PloverGsr
from kg.evaluate.suites.re3d import Re3d
from kg.evaluate.suites.relocar import Relocar
from kg.evaluate.suites.text2kgbench import Text2KgBench
from kg.evaluate.suites.tr_news import TrNews
from kg.evaluate.suites.uds_factuality import UdsFactuality
from kg.evaluate.suites.wikiwars import WikiWars

SUITES: tuple[Suite[Any, Any], ...] = (
    Gold(),
    Re3d(),
    Muc4(),
    PloverGsr(),
    TrNews(),
    GeoWebNews(),
    GeoVirus(),
    WikiWars(),
    Relocar(),
    Meantime(),
    Gum(),
    UdsFactuality(),
    Gap(),
    Carb(),
    BenchIE(),
    Text2KgBench(),
)
"""Every suite, in the order of the scorecard."""
