"""Every field without which a paper is not printed is said at that field, in every editor."""

from __future__ import annotations

from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.duties.case import MissingFactsError
from app.records import SPECS, Location, LocationUse
from app.ui.editor.demanded import demanded
from forms import all_forms
from forms.parts.cells import always
from forms.parts.needs import Need
from tests.support.sample import Sample

FORMS = all_forms()


@pytest.mark.parametrize("form", FORMS)
def test_what_a_form_needs_is_told_in_the_editor_of_its_record(form: str) -> None:
    held: Any = FORMS[form]
    needs = [one for one in held.needs if isinstance(one, Need)]
    needs += [Need(cell.path, cell.needed) for cell in held.entry if cell.path and cell.needed]
    for one in needs:
        record, name = one.path.ends
        told = demanded(FORMS, record.spec.name)[name]
        assert held.title in told.said
        if one.when is always:
            assert told.chip.endswith("に必要")


def test_what_is_told_is_what_the_paper_is_refused_without(shipped: Catalogue) -> None:
    sample = Sample(shipped)
    use = next(one for one in sample.facts.all(LocationUse))
    found = demanded(FORMS, "location")
    asked = set()
    for name in found:
        if SPECS["location"].field(name).required:
            continue
        before = getattr(sample.facts.get(Location, use.location), name)
        sample.change(Location, use.location, **{name: "" if isinstance(before, str) else None})
        with pytest.raises(MissingFactsError) as error:
            FORMS["location-notice"].gather(sample.case(use.contract))
        asked |= {one.field for one in error.value.missing if one.record == "location"}
        sample.change(Location, use.location, **{name: before})
    assert asked == {"room", "area", "lock", "entry_control"}
