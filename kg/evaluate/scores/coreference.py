"""Coreference: MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998), CEAF-e (Luo 2005).

Clusters are sets of mention keys. Each metric gives a row (recall and precision parts kept apart),
so that documents can be summed; the CoNLL figure is the mean of the three F1 (Pradhan et al. 2012).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from kg.evaluate.assignment import best_assignment, total
from kg.evaluate.measure import Row

type Clusters[M] = Sequence[set[M]]


def conll_row[M: Hashable](gold: Clusters[M], ours: Clusters[M]) -> Row:
    """The rows of MUC, B3 and CEAFe side by side, for `measure.MEAN_F1`."""
    return (*muc_row(gold, ours), *b_cubed_row(gold, ours), *ceaf_e_row(gold, ours))


def muc_row[M: Hashable](gold: Clusters[M], ours: Clusters[M]) -> Row:
    """Links kept: (kept of ours, links of ours, kept of gold, links of gold)."""
    return (*_links(ours, gold), *_links(gold, ours))


def b_cubed_row[M: Hashable](gold: Clusters[M], ours: Clusters[M]) -> Row:
    """Per mention share of its cluster: (sum, mentions of ours, sum, mentions of gold)."""
    return (*_shares(ours, gold), *_shares(gold, ours))


def ceaf_e_row[M: Hashable](gold: Clusters[M], ours: Clusters[M]) -> Row:
    """Best one-to-one alignment of entities by phi4 = 2|K & R| / (|K| + |R|)."""
    where = _index(ours)
    pairs = {
        (left, where[mention])
        for left, cluster in enumerate(gold)
        for mention in cluster
        if mention in where
    }
    phi4 = {
        (left, right): 2 * len(gold[left] & ours[right]) / (len(gold[left]) + len(ours[right]))
        for left, right in pairs
    }
    score = total(phi4, best_assignment(phi4))
    return (score, len(ours), score, len(gold))


def _links[M: Hashable](clusters: Clusters[M], others: Clusters[M]) -> tuple[float, float]:
    """Links kept and all links: size less the parts a cluster is cut into, and size - 1."""
    where = _index(others)
    kept = links = 0
    for cluster in clusters:
        named = {where[mention] for mention in cluster if mention in where}
        alone = sum(mention not in where for mention in cluster)
        kept += len(cluster) - len(named) - alone
        links += len(cluster) - 1
    return kept, links


def _shares[M: Hashable](clusters: Clusters[M], others: Clusters[M]) -> tuple[float, float]:
    where = _index(others)
    score = 0.0
    for cluster in clusters:
        common: dict[int, int] = {}
        for mention in cluster:
            if mention in where:
                common[where[mention]] = common.get(where[mention], 0) + 1
        score += sum(count * count for count in common.values()) / len(cluster)
    return score, sum(len(cluster) for cluster in clusters)


def _index[M: Hashable](clusters: Clusters[M]) -> dict[M, int]:
    return {mention: at for at, cluster in enumerate(clusters) for mention in cluster}
