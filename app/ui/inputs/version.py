"""The input for the version of an annex: those that there are of the annex named in the same row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.records import Field
from app.ui.inputs.base import Combo, Input, Making
from app.ui.inputs.plain import AnnexInput, filled


class VersionInput(Input):
    """A published version, the newest first; one that is not there is kept and named so."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self._key = ""
        self.combo = Combo()
        self.combo.activated.connect(self.edited)
        self.name(self.combo)
        filled(self, self.combo)
        self._offer("", None)

    def follow(self, annex: AnnexInput) -> None:
        """Offer the versions of what is chosen there; another annex comes in its newest version."""
        self._key = annex.text()
        self._offer(self._key, self.combo.currentData())

        def chosen() -> None:
            if annex.text() != self._key:
                self._key = annex.text()
                self._offer(self._key, None)

        annex.combo.activated.connect(chosen)

    def text(self) -> str:
        held = self.combo.currentData()
        return self.field.kind.to_text(held)

    def show_value(self, value: Any) -> None:
        self._offer(self._key, value)

    def fields(self) -> Sequence[QWidget]:
        return (self.combo,)

    def _offer(self, key: str, value: int | None) -> None:
        versions = self.making.context.catalogue.versions(key)
        self.combo.clear()
        for version in reversed(versions):
            self.combo.addItem(f"第{version}版", version)
        if value is not None and value not in versions:
            self.combo.addItem(f"第{value}版（目録にありません）" if key else f"第{value}版", value)
        self.combo.setCurrentIndex(max(0, self.combo.findData(value)))
