"""An annex read clause by clause is the annex that is read whole, or it is left to be read whole."""

from __future__ import annotations

import pytest

from app.annexes.catalogue import load
from app.annexes.files.annex_file import parse, read_table
from app.annexes.files.by_clause import read_by_clause
from app.annexes.files.text import starting_from, text_of
from app.annexes.own.annexes import read_own
from app.common import PeopleError

SHIPPED = load().annexes
TEXT = text_of(SHIPPED[0])


@pytest.mark.parametrize("annex", SHIPPED, ids=lambda annex: annex.key)
def test_a_written_annex_comes_back_the_same(annex: object) -> None:
    assert read_by_clause(text_of(annex)) == annex  # type: ignore[arg-type]  # parametrized


def test_a_changed_clause_is_read_as_it_is_now() -> None:
    heading = SHIPPED[0].clauses[1].heading
    changed = TEXT.replace(f'heading = "{heading}"', 'heading = "別の見出し"')
    annex = read_by_clause(changed)
    assert annex is not None
    assert annex.clauses[1].heading == "別の見出し"
    assert annex.clauses[0] == SHIPPED[0].clauses[0]


@pytest.mark.parametrize(
    "text",
    [
        starting_from(SHIPPED[0], "own-1", "違い"),
        TEXT.partition("\n[[clause]]\n")[0],
        TEXT.replace('summary = "', 'summary = """', 1).replace('"\nkinds', '"""\nkinds', 1),
        TEXT.replace("\n[[clause]]\n", "\n[[clause]] # 条項\n", 1),
        TEXT.replace("\n[[clause]]\n", "\nclause = 1\n\n[[clause]]\n", 1),
        TEXT + '\n[[option]]\nkey = "特定個人情報"\nlabel = "後ろの事項"\n',
        TEXT.replace('key = "', 'kee = "', 2),
        TEXT + "\n[[clause]]\nkey = 1\n",
        TEXT + "\n[[clause]]\nkey = [\n[[clause]]\n]\n",
        "",
    ],
    ids=["overlay", "none", "lines", "comment", "clause", "after", "field", "type", "within", "empty"],
)
def test_what_is_not_plainly_cut_is_left_to_be_read_whole(text: str) -> None:
    assert read_by_clause(text) is None


def test_what_is_wrong_is_named_by_its_line() -> None:
    wrong = TEXT.replace('kinds = ["', 'kinds = ["no-such-', 1)
    line = wrong[: wrong.index("no-such-")].count("\n") + 1
    with pytest.raises(PeopleError) as told:
        read_own(wrong, "「試し」")
    assert f"{line}行目" in str(told.value)
    with pytest.raises(PeopleError) as whole:
        read_table(parse(wrong, "「試し」"), wrong, "「試し」")
    assert told.value.problems == whole.value.problems
