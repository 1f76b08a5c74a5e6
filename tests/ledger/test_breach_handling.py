"""How a breach was handled hangs on the very record that it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.ledger.door import Ledger
from app.ledger.errors import InvalidRecordError
from app.records import BreachHandling


def test_it_needs_the_record_it_is_about(full: Ledger) -> None:
    (held,) = full.facts().all(BreachHandling)
    with pytest.raises(InvalidRecordError) as refused:
        full.add(replace(held, id=0, revision=0, record_id=9_999))
    assert set(refused.value.fields) == {"record_id"}
    with pytest.raises(InvalidRecordError):
        full.add(replace(held, id=0, revision=0, record_kind="nothing"))


def test_it_is_kept_as_it_was_said(full: Ledger) -> None:
    (held,) = full.facts().all(BreachHandling)
    changed = full.change(replace(held, handled="発注者が不問とした", handled_on=date(2026, 6, 1)))
    assert full.facts().find(BreachHandling, held.id) == changed
    assert full.verify().problems == ()
