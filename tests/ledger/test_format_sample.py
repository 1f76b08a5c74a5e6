"""The ledger of today's format that is kept before a new migration is begun."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from app.common import PeopleError
from app.ledger.access.opening import unlock
from app.ledger.door import Ledger
from app.records import Submission
from forms import all_forms

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "format_sample.py"


def test_it_opens_with_the_passphrase_of_the_tests_and_holds_every_form(
    tmp_path: Path, passphrase: str
) -> None:
    spec = importlib.util.spec_from_file_location("format_sample_under_test", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made: Path = script.make(tmp_path)
    with Ledger.open(made, unlock(made, passphrase)) as ledger:
        assert ledger.verify().problems == ()
        assert {held.form for held in ledger.facts().all(Submission)} == set(all_forms())
    with pytest.raises(PeopleError, match="既にあります"):
        script.make(tmp_path)
