"""What an act has to know, at the left of its page: what it is done to, then its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.records import Field, Record, fields_of
from app.records.kinds import Ref, Rows
from app.ui.context import Context
from app.ui.editor.ask_dialog import FieldsForm, value_of
from app.ui.homes import begin
from app.ui.inputs.base import Input, Making
from app.ui.inputs.picking.dialog import pick_several
from app.ui.inputs.ref import RefInput
from app.ui.offers.menu import ground_of
from app.ui.parts.link import Link
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import button, prose
from app.ui.targets import DoAct
from app.work.acts.offering import urgent
from app.work.acts.plan import Act, Misfit

_ABOUT = "about"
_ELSE = "どれにもあたらない事故を登録…"


class ActForm(QWidget):
    """``edited`` after every change by hand; ``chosen(ids)`` once it is known what the act is done to."""

    edited = Signal()
    chosen = Signal(tuple)

    def __init__(
        self,
        context: Context,
        act: Act,
        records: tuple[Record, ...],
        kept: Mapping[str, Any],
        known: Mapping[str, Any] = MappingProxyType({}),
        *,
        chosen: bool = False,
    ) -> None:
        """``kept``: what was said before, instead of what is known already. ``known``: to who led here.

        ``chosen``: ``records`` were just chosen, so that rows are of them and of no other thing.
        """
        super().__init__()
        self._context, self._act, self._records = context, act, records
        ground = ground_of(context)
        if records:
            self.asked = act.fields_for(ground, records)
            given = {**act.given(ground, records), **known}
        else:
            spec = act.about.spec
            self.asked, given = (Field(_ABOUT, Ref(label=spec.label, to=spec.name), True, None),), {}
        self._form = FieldsForm(context, self.asked, given)
        self.inputs: Mapping[str, Input] = self._form.inputs
        about = self.inputs.get(_ABOUT)
        if isinstance(about, RefInput) and act.unfit is not None:
            about.unfit = self._barred
        self._shown = self._texts()
        for name, made in self.inputs.items():
            if name in kept:
                things = self._thing(made) if chosen else ""
                made.show_value(_of_these(things, kept[name], given[name]) if name in given else kept[name])
            made.edited.connect(self._edited)
        self.follow()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        said = "対象を選び直す…" if records else "複数をまとめて選ぶ…"
        # What is done to one alone is chosen in the field with which the page began.
        choose = self.pick_several if act.many else partial(self.chosen.emit, ())
        self.pick = button(said, choose, kind="link")
        if records:
            layout.addLayout(flow(self.pick))
        layout.addWidget(self._form)
        if not records:
            layout.addLayout(flow(self.pick))
            self._offer_others(layout)
        self.pick.setVisible(act.many or bool(records))

    @property
    def dirty(self) -> bool:
        """Whether anything was said that was not known already."""
        return bool(self._records) and self._texts() != self._shown

    def changed(self, names: Iterable[str]) -> bool:
        """Whether anything was said in one of these fields that was not known already."""
        texts = self._texts()
        return bool(self._records) and any(texts.get(one) != self._shown.get(one) for one in names)

    def settle(self) -> None:
        """Take up what is typed and not ended yet, such as the last number of a scanner."""
        for made in self.inputs.values():
            made.settle()

    @property
    def unread(self) -> bool:
        """Whether something stands in a field that cannot be read."""
        return any(made.text() and value_of(made)[1] for made in self.inputs.values())

    def answers(self) -> dict[str, Any]:
        """What can be read of what was said; what is wrong is told at its field when it is left."""
        found = {}
        for name, made in self.inputs.items():
            value, problems = value_of(made)
            if not problems:
                found[name] = value
        return found

    def said(self) -> dict[str, Any]:
        """What was said that was not known already: it goes on to whatever else is chosen."""
        texts = self._texts()
        found = self.answers() if self._records else {}
        return {name: value for name, value in found.items() if texts[name] != self._shown[name]}

    def half_said(self) -> dict[str, tuple[Any, ...]]:
        """What was typed and cannot be read, as it stands in the lines of each field, or in all its rows."""
        held = self.inputs if self._records else {}
        return {name: made.typed() for name, made in held.items() if made.text() and value_of(made)[1]}

    def say_again(self, half_said: Mapping[str, Sequence[Any]]) -> None:
        """Let what cannot be read stand again, with what is wrong with it."""
        for name, typed in half_said.items():
            if name in self.inputs:
                made = self.inputs[name]
                made.show_typed(_typed_of_these(self._thing(made), typed, made.typed()))
                self._form.look_at(name)
        self.follow()

    def follow(self) -> None:
        """Tell every input what the others say by now."""
        said = self.answers() if self._records else {}
        for made in self.inputs.values():
            made.hear(said)

    def read(self) -> dict[str, Any] | None:
        """The values, or None with every problem shown and the cursor on the first."""
        return self._form.read()

    def tell(self, refusals: Iterable[str]) -> None:
        """Show at its cell what of a plan's refusals one cell is the reason of; nothing else is there."""
        wrong: dict[str, list[str]] = {}
        for one in refusals:
            if isinstance(one, Misfit):
                wrong.setdefault(one.path, []).append(one.plain)
        self._form.tell_cells(wrong)

    def asks_for(self, names: Iterable[str]) -> bool:
        """Whether exactly the fields of these names are asked for."""
        return [one.name for one in self.asked] == list(names)

    def focus(self, name: str = "") -> bool:
        """Put the cursor into a field, the first where none is named; False if it is not asked for."""
        made = self.inputs.get(name or self.asked[0].name)
        if made is not None:
            made.focus()
        return made is not None

    def last_stop(self) -> QWidget:
        """Where the keyboard is last of all the fields."""
        return list(self.inputs.values())[-1].fields()[-1]

    def pick_several(self) -> None:
        """Choose among everything that the act can be done to."""
        act = self._act
        found = pick_several(
            Making(self._context),
            act.about.spec.name,
            f"「{act.title}」の対象を選ぶ",
            unfit=self._barred,
            ticked=self._meant(),
            yes="選ぶ",
        )
        if found:
            self.chosen.emit(tuple(found))

    def _meant(self) -> list[int]:
        """What the act is done to as it stands, by its rows where there are any."""
        for made in self.inputs.values():
            if thing := self._thing(made):
                ids = (str(each[thing]) for each in made.text())
                return [int(one) for one in ids if one.isdecimal()]
        return [one.id for one in self._records]

    def _thing(self, made: Input) -> str:
        """The cell of its rows that names what the act is done to; empty where none does."""
        kind = made.field.kind
        inner = fields_of(kind.of) if isinstance(kind, Rows) else ()
        to = self._act.about.spec.name
        return next((one.name for one in inner if isinstance(one.kind, Ref) and one.kind.to == to), "")

    def _barred(self) -> Mapping[int, str]:
        """Everything to which the act cannot be done as it stands."""
        return self._act.barred(ground_of(self._context), self._context.facts().all(self._act.about))

    def _texts(self) -> dict[str, str]:
        return {name: str(made.text()) for name, made in self.inputs.items()}

    def _edited(self) -> None:
        about = None if self._records else self.answers().get(_ABOUT)
        self.follow()
        if about is None:
            self.edited.emit()
        else:
            self.chosen.emit((int(about),))

    def _offer_others(self, layout: QVBoxLayout) -> None:
        """What cannot wait is not to be looked for: an accident may have happened to something else."""
        if not self._act.urgent:
            return
        context = self._context
        others = [one for one in urgent() if one is not self._act]
        layout.addSpacing(8)
        layout.addWidget(prose("次の場合は、こちらから登録します。", "sub"))
        for one in others:
            go = partial(context.navigate, DoAct(one.name))
            layout.addWidget(Link(context.look, f"{one.about.spec.label}：{one.title}…", go))
        layout.addWidget(Link(context.look, _ELSE, partial(begin, context, "incident")))


def _of_these(thing: str, kept: Any, given: Any) -> Any:
    """What was said of the things that are given now, row by row; all of it where rows name no thing."""
    if not thing:
        return kept
    said = {getattr(one, thing): one for one in kept or ()}
    return tuple(said.get(getattr(one, thing), one) for one in given or ())


def _typed_of_these(thing: str, typed: Sequence[Any], now: Sequence[Any]) -> Sequence[Any]:
    """The same of what stood in the rows letter by letter; a row whose thing cannot be read stays."""
    if not thing:
        return typed
    said = {str(one[thing][0]): one for one in typed}
    unknown = [one for one in typed if not str(one[thing][0]).isdecimal()]
    return (*(said.get(str(one[thing][0]), one) for one in now), *unknown)
