"""The closed tables of `kg.vocab`."""

from __future__ import annotations

import re

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from kg import lexicon, vocab
from kg.resources import read_text


def test_a_class_is_itself_and_everything_above_it() -> None:
    assert vocab.is_a("Recapture", "Recapture")
    assert vocab.is_a("Recapture", "TerritorialEvent")
    assert not vocab.is_a("Capture", "Recapture")


def test_a_country_is_agent_and_place() -> None:
    assert vocab.is_a("Country", "Agent")
    assert vocab.is_a("Country", "Place")


def test_super_classes_come_nearest_first_and_once() -> None:
    assert vocab.superclasses("Country") == ("GeopoliticalEntity", "Agent", "Place", "Entity")
    assert vocab.superclasses("Event") == ()


@pytest.mark.parametrize(("name", "ancestor"), [("Advnace", "Event"), ("Advance", "Evnet")])
def test_a_misspelt_class_is_an_error_not_a_no(name: str, ancestor: str) -> None:
    with pytest.raises(KeyError):
        vocab.is_a(name, ancestor)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(data=read_text("kg.ttl"), format="turtle")


def _local(node: object) -> str:
    return str(node).removeprefix(vocab.NAMESPACE)


def _own(ontology: Graph, *kinds: URIRef) -> set[str]:
    found = {node for kind in kinds for node in ontology.subjects(RDF.type, kind)}
    return {_local(node) for node in found if str(node).startswith(vocab.NAMESPACE)}


def _parents(ontology: Graph, names: set[str], relation: URIRef) -> dict[str, set[str]]:
    return {
        name: {
            _local(parent)
            for parent in ontology.objects(URIRef(vocab.NAMESPACE + name), relation)
            if str(parent).startswith(vocab.NAMESPACE)
        }
        for name in names
    }


def test_the_class_table_is_the_ontology(ontology: Graph) -> None:
    classes = _own(ontology, OWL.Class)
    assert _parents(ontology, classes, RDFS.subClassOf) == {
        name: set(parents) for name, parents in vocab.CLASSES.items()
    }


def test_the_property_tables_are_the_ontology(ontology: Graph) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    assert _own(ontology, *kinds) == vocab.PROPERTIES
    below_role = ontology.subjects(RDFS.subPropertyOf, URIRef(vocab.NAMESPACE + "role"))
    assert {_local(role) for role in below_role} == vocab.PARTICIPANTS | vocab.GRAMMATICAL_ROLES


def test_the_edge_table_is_the_ontology(ontology: Graph) -> None:
    derived = ontology.subjects(URIRef(vocab.NAMESPACE + "derivedFromClass"))
    names = {"relatedTo"} | {_local(edge) for edge in derived}
    assert _parents(ontology, names, RDFS.subPropertyOf) == {
        name: set(parents) for name, parents in vocab.EDGES.items()
    }
    assert _own(ontology, OWL.SymmetricProperty) & names == vocab.SYMMETRIC


def test_the_value_vocabularies_are_the_ontology(ontology: Graph) -> None:
    factuality = URIRef(vocab.NAMESPACE + "FactualityValue")
    assert _own(ontology, factuality, SKOS.Concept, SKOS.ConceptScheme) == vocab.INDIVIDUALS


def test_every_term_has_a_label_and_a_definition(ontology: Graph) -> None:
    for name in vocab.TERMS:
        node = URIRef(vocab.NAMESPACE + name)
        assert len(list(ontology.objects(node, RDFS.label))) == 1, name
        assert len(list(ontology.objects(node, SKOS.definition))) == 1, name


def test_the_ontology_states_its_version_and_has_no_blank_nodes(ontology: Graph) -> None:
    assert ontology.value(URIRef(vocab.ONTOLOGY), OWL.versionInfo) == Literal(vocab.VERSION)
    assert not [node for node in ontology.all_nodes() if isinstance(node, BNode)]


def test_no_class_stands_below_two_that_exclude_each_other(ontology: Graph) -> None:
    pairs = [(_local(one), _local(two)) for one, two in ontology.subject_objects(OWL.disjointWith)]
    assert ("Event", "Entity") in pairs
    for name in vocab.CLASSES:
        for one, two in pairs:
            assert not (vocab.is_a(name, one) and vocab.is_a(name, two)), name


def test_an_edge_names_the_class_whose_files_give_it(ontology: Graph) -> None:
    for kind, rules in lexicon.load().edges.items():
        for rule in rules:
            edge = URIRef(vocab.term(rule.edge))
            above = ontology.value(edge, URIRef(vocab.term("derivedFromClass")))
            assert vocab.is_a(kind, _local(above)), rule


def test_no_term_is_hidden_by_a_string_method() -> None:
    """rdflib's Namespace is a str: `KG.index` would be the method, not the term."""
    assert not {name for name in vocab.TERMS if hasattr(str, name)}


def test_terms_stand_in_alphabetical_order_within_each_part() -> None:
    for part in read_text("kg.ttl").split("\n# ")[1:]:
        names = re.findall(r"^kg:(\w+) a ", part, flags=re.MULTILINE)
        assert names == sorted(names)


def test_every_kind_of_argument_is_a_property() -> None:
    assert vocab.ROLES <= vocab.PROPERTIES


def test_super_edges_reach_the_common_super_property() -> None:
    assert vocab.super_edges("incursionInto") == ("launchedOffensiveIn", "relatedTo")


def test_a_term_outside_the_ontology_has_no_iri() -> None:
    assert vocab.term("Advance") == "https://w3id.org/claimgraph/ont#Advance"
    with pytest.raises(KeyError):
        vocab.term("Advanced")


def test_the_ontology_uses_only_terms_that_it_defines(ontology: Graph) -> None:
    used = {node for triple in ontology for node in triple if isinstance(node, URIRef)}
    own = {_local(node) for node in used if str(node).startswith(vocab.NAMESPACE)}
    assert own == vocab.TERMS
