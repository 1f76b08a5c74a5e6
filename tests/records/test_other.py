"""その他 says nothing by itself: its text is demanded wherever a record is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.records import SPECS
from app.records.kinds import Choice, Rows
from app.records.spec import Field, fields_of


def open_choices(declared: tuple[Field, ...], path: str) -> Iterator[tuple[str, Choice]]:
    for field in declared:
        if isinstance(field.kind, Rows):
            yield from open_choices(fields_of(field.kind.of), f"{path}.{field.name}")
        elif isinstance(field.kind, Choice) and field.kind.other:
            yield f"{path}.{field.name}", field.kind


CHOICES = [found for name, spec in SPECS.items() for found in open_choices(spec.fields, name)]


def test_there_are_such_choices() -> None:
    assert {"disposal.method", "asset.medium", "training.topics.topic"} <= {path for path, _kind in CHOICES}


@pytest.mark.parametrize(("path", "kind"), CHOICES, ids=[path for path, _kind in CHOICES])
@pytest.mark.parametrize("said", ["その他", "その他：", "その他: ", " その他 "])
def test_other_without_its_text_is_refused(path: str, kind: Choice, said: str) -> None:
    assert list(kind.problems(said)) == [f"{kind.label}の「その他」は、その内容も入力してください。"], path
    with pytest.raises(ValueError, match="内容も入力"):
        kind.from_text(said)


@pytest.mark.parametrize(("path", "kind"), CHOICES, ids=[path for path, _kind in CHOICES])
def test_other_with_its_text_is_taken(path: str, kind: Choice) -> None:
    assert not list(kind.problems("その他：マイクロフィルム")), path
    assert kind.from_text("その他: マイクロフィルム") == "その他：マイクロフィルム"
