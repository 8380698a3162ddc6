"""Every scorer on cases small enough to check by hand."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.dictionary import is_word, word_classes
from kg.evaluate.assignment import best_assignment, total
from kg.evaluate.measure import (
    F1,
    MACRO_F1,
    MEAN_F1,
    SHARE,
    Formula,
    harmonic,
    measure,
    prf_columns,
)
from kg.evaluate.offsets import moved
from kg.evaluate.scores.benchie import benchie_row, full_wording, says
from kg.evaluate.scores.carb import AUC, BEST_F1, Extraction, curve_rows, pair_score
from kg.evaluate.scores.classes import (
    MEAN_ABSOLUTE_ERROR,
    PEARSON,
    class_row,
    error_row,
)
from kg.evaluate.scores.coreference import b_cubed_row, ceaf_e_row, conll_row, muc_row
from kg.evaluate.scores.fillers import ceaf_ree_row, normalised
from kg.evaluate.scores.places import great_circle_km, log_error_row
from kg.evaluate.scores.spans import (
    Labelled,
    any_label,
    match_spans,
    span_row,
    without_determiner,
)
from kg.evaluate.timex import timex_value, timexes
from kg.evaluate.truecase import Truecaser
from kg.model import Span, Time


def f1(row: tuple[float, ...]) -> float:
    return measure([row], F1).value


def mark(start: int, end: int, label: str = "") -> Labelled:
    return Labelled(Span(start, end), label)


# ------------------------------------------------------------------ sums and intervals


def test_f1_is_the_harmonic_mean_over_summed_documents() -> None:
    measured = measure([(1, 2, 1, 1), (0, 1, 0, 3)], F1)

    assert measured.value == pytest.approx(2 * (1 / 3) * (1 / 4) / (1 / 3 + 1 / 4), abs=1e-4)
    assert measured.items == 4


def test_the_interval_holds_the_value_and_is_the_same_on_every_run() -> None:
    rows = [(right, 4.0) for right in (0, 1, 2, 3, 4, 4, 1, 0)]

    first, second = measure(rows, SHARE), measure(rows, SHARE)

    assert first == second
    assert 0 < first.low < first.value < first.high < 1


def test_documents_that_agree_give_an_interval_of_one_point() -> None:
    measured = measure([(1.0, 2.0)] * 5, SHARE)

    assert (measured.low, measured.value, measured.high) == (0.5, 0.5, 0.5)


def test_resamples_without_an_item_do_not_widen_the_interval() -> None:
    measured = measure([(1, 1), (0, 0), (0, 0)], SHARE)

    assert (measured.low, measured.value, measured.high) == (1.0, 1.0, 1.0)


def test_nothing_to_divide_by_is_zero_not_an_error() -> None:
    assert measure([(0, 0, 0, 0)], F1).value == 0.0
    assert measure([], F1).items == 0


def test_macro_f1_averages_over_the_classes_that_occur() -> None:
    row = class_row(["a", "b", "never"], ["a", "a", "b"], ["a", "b", "b"])

    assert measure([row], MACRO_F1).value == pytest.approx(2 / 3, abs=1e-4)


def test_mean_f1_averages_groups_of_four() -> None:
    assert measure([(1, 1, 1, 1, 0, 1, 0, 1)], MEAN_F1).value == 0.5


# ------------------------------------------------------------------ assignment


@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=4))
def test_the_assignment_is_as_heavy_as_the_best_of_all(table: list[list[int]]) -> None:
    weights = {(r, c): float(w) for r, row in enumerate(table) for c, w in enumerate(row)}
    rows, columns = len(table), 3
    best = max(
        sum(weights[pair] for pair in zip(chosen, range(columns), strict=False))
        if rows >= columns
        else sum(weights[r, c] for r, c in zip(range(rows), chosen, strict=False))
        for chosen in permutations(range(max(rows, columns)), min(rows, columns))
    )

    found = best_assignment(weights)

    assert total(weights, found) == best
    assert len(set(found.values())) == len(found)


def test_pairs_without_weight_stay_apart() -> None:
    assert best_assignment({(0, 0): 0.0, (1, 1): 2.0}) == {1: 1}


# ------------------------------------------------------------------ spans


def test_relaxed_matching_takes_the_longest_overlap_first() -> None:
    gold = [mark(0, 10, "Place"), mark(8, 12, "Place")]
    ours = [mark(5, 12, "Place")]

    assert match_spans(gold, ours) == [(0, 0)]


def test_exact_matching_needs_the_same_span_and_label() -> None:
    gold = [mark(0, 4, "Person"), mark(5, 9, "Place")]
    ours = [mark(0, 4, "Place"), mark(5, 9, "Place"), mark(5, 8, "Place")]

    assert span_row(gold, ours, exact=True) == (1, 3, 1, 2)
    assert span_row(gold, ours, any_label, exact=True) == (2, 3, 2, 2)


def test_touching_spans_do_not_overlap() -> None:
    assert match_spans([mark(0, 4)], [mark(4, 8)]) == []


def test_only_one_article_is_stripped_and_never_all_the_words() -> None:
    assert without_determiner("the a-team", Span(0, 10)) == Span(4, 10)
    assert without_determiner("The", Span(0, 3)) == Span(0, 3)
    assert without_determiner("theatre", Span(0, 7)) == Span(0, 7)


# ------------------------------------------------------------------ coreference

KEY = [{"a", "b", "c"}, {"d", "e", "f", "g"}]
RESPONSE = [{"a", "b"}, {"c", "d"}, {"f", "g", "h", "i"}]


def test_the_three_metrics_on_the_example_of_the_reference_scorer() -> None:
    """The example in the documentation of the CoNLL scorer (Pradhan et al. 2014)."""
    muc, b_cubed, ceaf_e = (score(KEY, RESPONSE) for score in (muc_row, b_cubed_row, ceaf_e_row))

    assert f1(muc) == pytest.approx(0.4, abs=1e-4)
    assert (muc[2] / muc[3], muc[0] / muc[1]) == (2 / 5, 2 / 5)
    assert b_cubed[2] / b_cubed[3] == pytest.approx(5 / 12)
    assert b_cubed[0] / b_cubed[1] == pytest.approx(1 / 2)
    assert ceaf_e[2] / ceaf_e[3] == pytest.approx(0.65)
    assert ceaf_e[0] / ceaf_e[1] == pytest.approx(0.4333, abs=1e-4)


def test_the_conll_figure_is_the_mean_of_the_three() -> None:
    parts = [f1(score(KEY, RESPONSE)) for score in (muc_row, b_cubed_row, ceaf_e_row)]

    measured = measure([conll_row(KEY, RESPONSE)], MEAN_F1)

    assert measured.value == pytest.approx(sum(parts) / 3, abs=1e-3)


def test_the_order_of_clusters_does_not_matter() -> None:
    assert conll_row(KEY, RESPONSE) == conll_row(KEY[::-1], RESPONSE[::-1])


# ------------------------------------------------------------------ role fillers


def test_one_wrong_mention_spoils_a_predicted_entity() -> None:
    gold = [("the green front", "GF"), ("gunmen",)]

    assert ceaf_ree_row(gold, [("Green Front", "gf")]) == (1, 1, 1, 2)
    assert ceaf_ree_row(gold, [("Green Front", "rebels")]) == (0, 1, 0, 2)


def test_two_predictions_cannot_both_claim_one_entity() -> None:
    assert ceaf_ree_row([("green front", "gf")], [("gf",), ("green front",)]) == (1, 2, 1, 1)


def test_mentions_compare_without_articles_and_punctuation() -> None:
    assert normalised("The U.S. Army's  trucks") == "us armys trucks"


# ------------------------------------------------------------------ open information extraction


def test_carb_scores_words_in_common() -> None:
    gold = Extraction("was born in", ("Ana Perez", "Gao"))

    assert pair_score(gold, Extraction("was born", ("Ana Perez", "Gao"))) == (1.0, 5 / 6)
    assert pair_score(gold, Extraction("lives", ("Ana Perez", "Gao"))) == (0.0, 0.0)


def test_carb_takes_be_for_any_of_its_forms_once() -> None:
    gold = Extraction("is", ("Gao", "a town"))

    assert pair_score(gold, Extraction("be", ("Gao", "a town"))) == (1.0, 1.0)
    assert pair_score(Extraction("is is", ("x",)), Extraction("be", ("x",)))[1] == 2 / 3


def test_carb_tries_speech_both_ways_round() -> None:
    gold = Extraction("said", ("the mayor", "it rained"))
    swapped = ("it rained", "the mayor")

    assert pair_score(gold, Extraction("said", swapped)) == (1.0, 1.0)
    assert pair_score(Extraction("saw", gold.args), Extraction("saw", swapped))[0] < 1


def test_carb_joins_the_arguments_after_the_first() -> None:
    gold = Extraction("met", ("Ana", "Tom", "in Gao"))

    assert pair_score(gold, Extraction("met", ("Ana", "Tom in Gao"))) == (1.0, 1.0)


def test_carb_area_of_one_wrong_guess_below_a_right_one() -> None:
    gold = [Extraction("took", ("they", "Gao")), Extraction("left", ("we", "Mali"))]
    right, wrong = Extraction("took", ("they", "Gao"), 0.9), Extraction("ate", ("x", "y"), 0.1)
    rows = curve_rows([gold], [[right, wrong]])

    assert measure(rows, BEST_F1).value == pytest.approx(2 / 3, abs=1e-4)
    assert measure(rows, AUC).value == 0.5


def test_benchie_expands_optional_words() -> None:
    cluster = [("[The] [old] army", "took", "[the] town [of Gao]")]

    assert says(cluster, ("army", "took", "town"))
    assert says(cluster, ("The army", "took", "the town of Gao"))
    assert not says(cluster, ("the army", "took", "town"))
    assert not says(cluster, ("army", "took", "town of"))
    assert full_wording(cluster[0]) == ("The old army", "took", "the town of Gao")


def test_benchie_counts_predictions_and_facts_apart() -> None:
    clusters = [[("a", "b", "c"), ("a", "b c", "d")], [("x", "y", "z")]]
    ours = [("a", "b", "c"), ("a", "b c", "d"), ("x", "y", "w")]

    assert benchie_row(clusters, ours) == (2, 3, 1, 2)


# ------------------------------------------------------------------ numbers and places


def test_error_and_correlation_agree_with_numpy() -> None:
    gold, ours = [3.0, -3.0, 1.5, 0.0], [2.5, -1.0, 3.0, 0.5]
    row = error_row(gold, ours)

    assert measure([row], MEAN_ABSOLUTE_ERROR).value == 1.125
    assert measure([row], PEARSON).value == pytest.approx(np.corrcoef(gold, ours)[0, 1], abs=1e-4)


def test_a_quarter_of_the_equator() -> None:
    assert great_circle_km((0, 0), (0, 90)) == pytest.approx(10007.5, abs=0.1)
    assert great_circle_km((12.5, -3), (12.5, -3)) == 0.0


def test_the_log_error_runs_from_none_to_the_other_side_of_the_earth() -> None:
    far = great_circle_km((0, 0), (0, 180))

    assert log_error_row([0.0]) == (0.0, 1)
    assert log_error_row([far])[0] == pytest.approx(1.0)


# ------------------------------------------------------------------ times, case, offsets


def test_a_range_that_names_both_ends_is_two_expressions() -> None:
    def split(text: str, edtf: str) -> list[tuple[str, str]]:
        found = timexes(Time(Span(0, len(text)), "days", edtf), text)
        return [(text[each.span.start : each.span.end], each.label) for each in found]

    assert split("from 5 to 7 May 1939", "1939-05-05/1939-05-07") == [
        ("from 5", "1939-05-05"),
        ("7 May 1939", "1939-05-07"),
    ]
    assert split("May-June 1939", "1939-05/1939-06") == [
        ("May", "1939-05"),
        ("June 1939", "1939-06"),
    ]
    assert split("mid-1939", "1939-05/1939-08") == [("mid-1939", "1939-05")]
    assert split("by mid-May", "../1939-05-20") == [("by mid-May", "1939-05-20")]


def test_a_duration_is_its_own_value() -> None:
    assert timex_value(Time(Span(0, 1), "days", "1939/1940", duration="PXD")) == "PXD"


@pytest.mark.parametrize(
    ("edtf", "precision", "value"),
    [
        ("1939-09-01", "day", "1939-09-01"),
        ("1939-10-01/1939-10-10", "part_of_month", "1939-10"),
        ("1941-22", "season", "1941-SU"),
        ("187X", "decade", "187"),
        ("17XX", "vague", "17"),
        ("1915~", "year", "1915"),
        ("../1939-10-01", "vague", "PAST_REF"),
        ("1939-10-01/..", "vague", "FUTURE_REF"),
        ("1939-10-02/1939-10-08", "week", "1939-W40"),
        ("../1939-10-02", "day", "1939-10-02"),
        ("1939-10/1939-12", "part_of_year", "1939-Q4"),
        ("1939-07/1939-12", "part_of_year", "1939-H2"),
        ("1939-09/1939-12", "part_of_year", "1939"),
        ("-0479-08", "month", "BC0480-08"),
        ("-0479", "year", "BC0480"),
        (None, "day", None),
    ],
)
def test_our_times_as_timex_values(edtf: str | None, precision: str, value: str | None) -> None:
    first = date(1939, 10, 2)

    assert timex_value(Time(Span(0, 1), precision, edtf, first, first)) == value  # type: ignore[arg-type]


def cased(text: str, *names: str) -> str:
    known = {name.lower(): name for name in names}
    return Truecaser(known, {"ana", "luis"}, word_classes, is_word).restore(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels of the Green Front [GF] left San Marco. Gen Ana Perez said the GF fled.",
        "The general told Gen. Velarde that the airstrike hit the Orquilla Bridge.",
        "Luis Mesa was freed, and the army told Mesa to leave.",
        "The people of Orquilla marched in March and may march in May.",
        "An AK-47 and the M-19 in mid-1988; the U.S. envoy and the president promised help.",
        "The terrorists of the Popular Liberation Front attacked La Paz and San Carlos.",
        "The FMLN attacked Orquilla's town hall.",
    ],
)
def test_capitals_are_given_back_their_case(text: str) -> None:
    assert cased(text.upper(), "San Marco") == text


def test_a_function_word_is_no_namesake() -> None:
    assert cased("AS AN ENVOY OF THE US TOLD US.", "An", "As", "US") == (
        "As an envoy of the US told us."
    )


def test_a_plural_is_a_surname_only_after_what_is_a_name_and_nothing_else() -> None:
    text = "Luis Montes left with Luis Sandoval; rebels cut the power poles, and Poles fled."

    assert cased(text.upper(), "Poles") == text


def test_text_in_mixed_case_is_left_alone() -> None:
    assert cased("The GF left San Marco.") == "The GF left San Marco."


def test_spans_follow_what_was_taken_out_of_the_text() -> None:
    given, stored = "The\u200b old\u200b town", "The old town"

    assert moved((Span(4, 7), Span(8, 12)), stored, given) == (Span(5, 8), Span(10, 14))
    assert moved(Span(4, 7), stored, stored + "  ") == Span(4, 7)


def test_a_formula_may_be_any_function_of_the_sums() -> None:
    double = Formula(lambda sums: 2 * harmonic(*prf_columns(sums)), lambda row: row[3])

    assert measure([(1, 1, 1, 1)], double).value == 2.0
