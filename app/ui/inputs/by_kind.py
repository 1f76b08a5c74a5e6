"""Which input each kind of field gets."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.records import Field
from app.records.kinds import (
    Annex,
    Choice,
    Day,
    File,
    Flag,
    FormId,
    Kind,
    Many,
    Moment,
    Number,
    Quantity,
    Ref,
    Rows,
    Text,
    Version,
)
from app.ui.inputs.base import Input, Making
from app.ui.inputs.day import DayInput, MomentInput
from app.ui.inputs.file import FileInput
from app.ui.inputs.plain import (
    AnnexInput,
    ChoiceInput,
    FlagInput,
    FormInput,
    ManyInput,
    NumberInput,
    text_input,
)
from app.ui.inputs.ref import RefInput
from app.ui.inputs.rows import rows_input
from app.ui.inputs.tally import TallyInput
from app.ui.inputs.version import VersionInput
from app.work.acts.stock.stocktake import Tally

_BY_KIND: Mapping[type[Kind], type[Input]] = MappingProxyType(
    {
        Annex: AnnexInput,
        Choice: ChoiceInput,
        Day: DayInput,
        File: FileInput,
        Flag: FlagInput,
        FormId: FormInput,
        Many: ManyInput,
        Moment: MomentInput,
        Number: NumberInput,
        Quantity: NumberInput,
        Ref: RefInput,
        Tally: TallyInput,
        Version: VersionInput,
    }
)


def make_input(field: Field, making: Making, *, compact: bool = False) -> Input:
    """The input for a field, by its kind."""
    if isinstance(field.kind, Rows):
        return rows_input(field, making, make_input)
    # The nearest: a version is a number, and choices among records are choices.
    made = next((_BY_KIND[kind] for kind in type(field.kind).__mro__ if kind in _BY_KIND), None)
    if made is None and isinstance(field.kind, Text):
        return text_input(field, making, compact=compact)
    if made is None:
        raise TypeError(field.kind)
    return made(field, making, compact=compact)
