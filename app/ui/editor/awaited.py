"""An annex that is read from its text while the contract that is to carry it waits below."""

from __future__ import annotations

from app.annexes.annex import Annex
from app.ui.context import Context
from app.ui.editor.form import RecordForm
from app.ui.inputs.rows import GridInput
from app.ui.targets import ReadAnnex

_FIELD = "annexes"


class AwaitedAnnex:
    """``read`` goes there; ``take`` puts what was published meanwhile into the contract."""

    def __init__(self, context: Context, form: RecordForm) -> None:
        self._context, self._form = context, form
        self._known: frozenset[tuple[str, int]] | None = None

    def read(self) -> None:
        """Read an annex of which the catalogue knows nothing."""
        self._known = frozenset(self._published())
        self._context.navigate(ReadAnnex(back=True))

    def take(self) -> None:
        """Where the contract carries no annex yet, it carries the one that is new; else somebody chooses."""
        known, self._known = self._known, None
        if known is None:
            return
        new = [annex for key, annex in self._published().items() if key not in known]
        grid = self._form.boxes[_FIELD].input
        if len(new) == 1 and isinstance(grid, GridInput) and grid.untouched:
            grid.take_in(new[0].on_contract())

    def _published(self) -> dict[tuple[str, int], Annex]:
        return {(one.key, one.version): one for one in self._context.catalogue.published}
