"""The view as a pyvis network: what is drawn, in which shape, and where.

pyvis gives the Python object that others know how to adjust, and its wheel brings the engine that
draws. Its own HTML writer is not used: it calls two CDNs and executes hostile titles.
"""

from __future__ import annotations

import copy
import math
from importlib.resources import files
from typing import Any

from pyvis.network import Network

from kg.export.html.display import shorten
from kg.export.html.layout import Body, place, rank, working_set
from kg.export.html.view import Node, View

_ENGINE = "lib/vis-9.1.2/vis-network.min.js"
_LABEL_WIDTH = 34
# Names keep their size on the screen when the drawing shrinks, so they get more than they need.
_CHARACTER = 9
_LINE = 15
_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Liberation Sans, sans-serif"

# By family. Mid tones stand out on white and on black; the shape says the same as the colour.
_GROUPS = {
    "state": ("dot", "#3f7fc4"),
    "place": ("square", "#3f9a68"),
    "force": ("triangle", "#d9822b"),
    "organisation": ("diamond", "#8b68c8"),
    "person": ("star", "#d1609a"),
    "materiel": ("triangleDown", "#2b9c9f"),
    "other": ("hexagon", "#7f8a97"),
}
_SELECTED = "#f2b705"


def _tones(colour: str) -> dict[str, Any]:
    ring = {"background": colour, "border": _SELECTED}
    return {"background": colour, "border": colour, "highlight": ring, "hover": ring}


_OPTIONS: dict[str, Any] = {
    "groups": {
        group: {"shape": shape, "color": _tones(colour)}
        for group, (shape, colour) in _GROUPS.items()
    },
    "layout": {"improvedLayout": False},
    "physics": {"enabled": False},
    "interaction": {
        "hover": True,
        "hideEdgesOnZoom": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "multiselect": False,
        "tooltipDelay": 250,
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "font": {"size": 14, "face": _FONT}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        "font": {"size": 11, "strokeWidth": 4, "face": _FONT},
        "selectionWidth": 1.5,
        "hoverWidth": 0.8,
    },
}


class KnowledgeNetwork(Network):  # type: ignore[misc]
    """A directed pyvis network without physics: the working set of a view, filled in one go.

    Nodes are named by their index in the view, edges by their rank; an edge carries the indices of
    its `facts`.
    """

    def __init__(self, view: View) -> None:
        super().__init__(directed=True)
        lines = working_set(rank(view))
        ends = sorted({end for line in lines for end in (line.subject, line.object)})
        bodies = {end: Body(_extent(view.nodes[end]), view.nodes[end].id) for end in ends}
        positions = place(lines, bodies)
        self.nodes = [_node(end, view.nodes[end], positions[end]) for end in ends]
        self.node_ids = [node["id"] for node in self.nodes]
        self.node_map = {node["id"]: node for node in self.nodes}
        self.edges = [
            {"id": number, "from": line.subject, "to": line.object, "facts": line.facts}
            for number, line in enumerate(lines)
        ]
        self.options = copy.deepcopy(_OPTIONS)


def engine_source() -> str:
    """The script of vis-network 9.1.2 as it lies in the pyvis wheel, licence comment included."""
    source = (files("pyvis") / _ENGINE).read_text(encoding="utf-8")
    # The source map it points to is not here, and a page that works alone must not ask for it.
    return source.partition("\n//# sourceMappingURL=")[0] + "\n"


def _node(number: int, node: Node, position: tuple[int, int]) -> dict[str, Any]:
    return {
        "id": number,
        "label": shorten(node.label, _LABEL_WIDTH),
        "group": node.family,
        "size": _size(node),
        "x": position[0],
        "y": position[1],
    }


def _size(node: Node) -> float:
    """Half the height of the shape in pixels: area grows with degree, up to a bound."""
    return round(8 + 3 * math.sqrt(min(node.degree, 36)), 1)


def _extent(node: Node) -> tuple[float, float]:
    """Width and height in pixels of shape and label with some air."""
    label = len(shorten(node.label, _LABEL_WIDTH)) * _CHARACTER
    return max(label, 2 * _size(node)) + 24, 2 * _size(node) + _LINE + 24
