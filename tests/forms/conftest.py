"""The sample ledger, a catalogue read once, and a printer that proof-reads what it prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue, load
from app.duties.case import Case, MissingFactsError
from app.records import Statement
from forms import all_forms
from forms.form import Form
from tests.support.paper import printed_text
from tests.support.sample import Sample


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="session")
def forms() -> Mapping[str, Form[Any]]:
    return all_forms()


@pytest.fixture
def sample(catalogue: Catalogue) -> Sample:
    return Sample(catalogue)


@pytest.fixture
def text_of(forms: Mapping[str, Form[Any]]) -> Callable[[Statement], str]:
    """What stands on the paper of a numbered document, without white space; the file is proof-read."""
    return lambda statement: printed_text(forms[statement.form], statement)


@pytest.fixture
def missing_of(forms: Mapping[str, Form[Any]]) -> Callable[[str, Case], set[tuple[str, int, str]]]:
    """What a form finds missing: record, id and field of each fact."""

    def missing(form: str, case: Case) -> set[tuple[str, int, str]]:
        with pytest.raises(MissingFactsError) as caught:
            forms[form].gather(case)
        assert all(fact.sentence.endswith("。") for fact in caught.value.missing)
        return {(fact.record, fact.id, fact.field) for fact in caught.value.missing}

    return missing
