"""Suite `gold`: whole readings in the project's own gold format, kg-gold/1.

Every document is scored on all layers at once; short items and articles (with a headline, or of
more than eight sentences) are also reported apart, as the parts `items` and `articles`. Gold items
marked optional count neither way. The metrics, each an F1, precision, recall or share 0..1 unless
said otherwise:

================================ ==================================================================
mention_f1                       mentions, any overlap, one to one, whatever the type
mention_exact_f1                 mentions of the same span (a leading article aside)
mention_typed_f1                 overlap, and one class is the other's or its super-class
link_accuracy                    of gold names and demonyms with an id: ours has that id
coreference_conll_f1             mean of MUC, B3 and CEAFe over entity clusters of matched mentions
time_f1, time_value_accuracy     time expressions by overlap; of gold ones: same value or bounds
event_recall, _precision, _f1    trigger overlap and class: an accepted class or one below it is
                                 right, a super-class of one half right
role_f1_strict, role_f1_lenient  (event, role, filler) by entity, and by the side it acts for;
                                 inferred gold fillers are not required
role_f1_matched                  the lenient one within matched events only
quantity_f1                      figures of events: overlap and the same value
edge_f1, _precision, _recall     plain (subject, predicate, object) edges, without `claimed` and
                                 the predicates that the gold's draft ontology did not have
edge_f1_lenient                  the same with both ends by side
false_assertions                 count: our plain edges that the gold has as disputed, negated or
                                 unasserted (ends by side); less is better, 0 is the promise
attribution_accuracy             of matched events with a named source in the gold: ours is it
attribution_recall               the same of all such events, matched or not
narrator_accuracy                of matched events told by the report itself: we name no source
factuality_accuracy              of matched events: FactBank value is the gold's or an accepted one
factuality_recall                the same of all gold events
realis_accuracy, tense_accuracy, modality_accuracy     of matched events
================================ ==================================================================
"""

from kg.evaluate.suites.gold.suite import Gold

__all__ = ["Gold"]
