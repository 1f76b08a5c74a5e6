"""書類の設定: how one form is printed for one contract on a day, as the client wants it."""

from __future__ import annotations

from datetime import date

from app.records import Contract, Facts, PaperSetting

PROMISE = "誓約文"
"""The paragraph of an oath that a client prescribes."""


def setting_of(facts: Facts, contract: Contract, form: str, day: date) -> PaperSetting | None:
    """The setting by which papers of ``form`` (its id) of ``day`` are printed; the latest of several."""
    held = (
        one
        for one in facts.of(PaperSetting, "contract", contract.id)
        if one.form == form and one.holds_on(day)
    )
    return max(held, key=lambda one: (one.starts_on, one.id), default=None)


def worded(setting: PaperSetting | None, paragraph: str) -> str:
    """The client's own words for a paragraph; empty where it prescribes none."""
    rows = setting.wording if setting is not None else ()
    return next((row.text for row in rows if row.paragraph == paragraph), "")
