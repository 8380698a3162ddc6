// The filters as form elements.

const SHOWN_VALUES = 8;
const LISTED_VALUES = 300;
const DISTANCES = [10, 25, 50, 100, 250];

/** Draw the facets anew; `icon(key, value)` gives the sample of a line or a shape, `change` runs after a choice. */
function showFacets(filters, container, icon, change) {
  const focused = document.activeElement?.id;
  const redraw = () => showFacets(filters, container, icon, change);
  const [status, type, relation, ...rest] = filters.facets.map((facet) => facetElement(facet, icon, change, redraw));
  container.replaceChildren(...[nearElement(filters, change), status, datesElement(filters, change), type, relation, ...rest, confidenceElement(filters, change)].filter(Boolean));
  if (focused) byId(focused)?.focus();
}

function facetElement(facet, icon, change, redraw) {
  const shown = facet.all.filter(([value], rank) => rank < (facet.open ? LISTED_VALUES : SHOWN_VALUES) || facet.chosen.has(value));
  const hidden = facet.all.length - shown.length;
  const label = facet.open ? `Show fewer${hidden ? ` (${hidden} more: use the search)` : ""}` : `Show ${Math.min(hidden, LISTED_VALUES)} more`;
  const more = facet.all.length > SHOWN_VALUES && (hidden > 0 || facet.open) &&
    button(label, () => { facet.open = !facet.open; redraw(); }, { class: "quiet", id: `more-${facet.key}` });
  const unit = el("span", { class: "unit" }, facet.ofFacts ? "facts" : "claims");
  return el("fieldset", { "data-facet": facet.key }, el("legend", {}, facet.title, " ", unit), shown.map(([value]) => choice(facet, value, icon, change)), more);
}

function choice(facet, value, icon, change) {
  const amount = facet.counts.get(value) ?? 0;
  const checked = facet.chosen.has(value);
  const choose = () => {
    if (!facet.chosen.delete(value)) facet.chosen.add(value);
    change();
  };
  facet.places ??= new Map(facet.all.map(([each], place) => [each, place]));
  const box = el("input", { type: "checkbox", id: `${facet.key}-${facet.places.get(value)}`, on: { change: choose } });
  box.checked = checked;
  return el(
    "label",
    { class: amount === 0 && !checked ? "choice none" : "choice" },
    box,
    icon(facet.key, value),
    el("span", { class: "name", dir: "auto" }, facet.name(value)),
    el("span", { class: "count" }, amount.toLocaleString("en")),
  );
}

function datesElement(filters, change) {
  if (!filters.span) return null;
  const [least, most] = filters.span.map(dayName);
  const field = (key, name) => {
    const input = el("input", { type: "date", id: `date-${key}`, min: least, max: most, value: filters[key] === null ? "" : dayName(filters[key]) });
    input.addEventListener("change", () => { filters[key] = dayNumber(input.value); change(); });
    return el("label", { class: "field" }, el("span", {}, name), input);
  };
  return el(
    "fieldset",
    { "data-facet": "date" },
    el("legend", {}, "When it happened ", el("span", { class: "unit" }, "or was reported")),
    field("from", "From"),
    field("to", "To"),
  );
}

function confidenceElement(filters, change) {
  const input = el("input", { type: "range", id: "confidence", min: 0, max: 1, step: 0.05, value: filters.confidence, "aria-describedby": "confidence-value" });
  input.addEventListener("change", () => { filters.confidence = Number(input.value); change(); });
  return el(
    "fieldset",
    { "data-facet": "confidence" },
    el("legend", {}, "Confidence of the reading"),
    el("label", { class: "field" }, el("span", { id: "confidence-value" }, `≥ ${filters.confidence.toFixed(2)}`), input),
  );
}

function nearElement(filters, change) {
  if (!filters.near) return null;
  const { node, km } = filters.near;
  const select = el("select", { id: "near-km", "aria-label": "Distance" }, DISTANCES.map((each) => el("option", { value: each, selected: each === km }, `${each} km`)));
  select.addEventListener("change", () => { filters.near = { node, km: Number(select.value) }; change(); });
  const remove = button("Remove", () => { filters.near = null; change(); }, { class: "quiet" });
  return el("fieldset", { "data-facet": "near" }, el("legend", {}, "Place"), el("p", { class: "near" }, "Within ", select, " of ", el("b", { dir: "auto" }, brief(filters.view.nodes[node].label)), " ", remove));
}
