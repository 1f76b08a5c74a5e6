"""A broken annex file is refused in one Japanese sentence that names the file and the line."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.annexes.annex import Annex
from app.annexes.catalogue import load
from app.annexes.files.annex_file import read_annex
from app.annexes.files.toml_lines import Lines
from app.common import PeopleError

GOOD = """\
schema = 1
key = "sample"
title = "見本"
version = 1
source = "試験用"

[[part]]
key = ""
title = "見本"

[part.words]
client = "甲"
vendor = "乙"

[[option]]
key = "媒体"
label = "媒体を使う"

[[clause]]
key = "place"
number = "第1条"
heading = "場所"
summary = "場所を届け出ます。"
kinds = ["work-location"]
when = ["before-start"]
options = ["媒体"]
parameters.submit = "beforehand"

[[clause]]
key = "people"
number = "第2条"
heading = "人"
summary = "人を届け出ます。"
kinds = ["worker-list", "oath"]
when = ["before-start"]
parameters.oath.submit = "promptly"
parameters.worker-list.submit = "beforehand"
"""


def read(text: str | bytes, name: str = "sample.toml") -> Annex:
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return read_annex(data, f"resources/annexes/{name}", name)


def refused(text: str | bytes, name: str = "sample.toml") -> tuple[str, ...]:
    with pytest.raises(PeopleError) as caught:
        read(text, name)
    return caught.value.problems


def test_the_sample_itself_is_read() -> None:
    annex = read(GOOD)
    assert [clause.number for clause in annex.clauses] == ["第1条", "第2条"]
    assert annex.options[0].label == "媒体を使う"
    assert read(GOOD.replace("\n", "\r\n")) == annex


def test_an_entry_without_a_kind_may_be_kept_always_or_only_be_read() -> None:
    for when in ("standing", "info"):
        text = GOOD.replace('["work-location"]', "[]").replace(
            '["before-start"]\noptions', f'["{when}"]\noptions'
        )
        text = text.replace('parameters.submit = "beforehand"\n\n', "")
        assert (read(text).clauses[0].kinds, read(text).clauses[0].when) == ((), (when,))


BROKEN: list[tuple[str, str, str, int, str]] = [
    (
        "an unknown key",
        'heading = "場所"',
        'heading = "場所"\ncolour = 1',
        23,
        "「colour」という項目はありません",
    ),
    ("a missing key", 'heading = "場所"\n', "", 19, "「heading」がありません"),
    ("an empty text", 'summary = "場所を届け出ます。"', 'summary = " "', 23, "「summary」が空です"),
    ("a wrong type", 'title = "見本"\nversion', "title = 3\nversion", 3, "「title」は文字列"),
    ("true for a number", "schema = 1", "schema = true", 1, "「schema」は整数"),
    ("another schema", "schema = 1", "schema = 2", 1, "書式の版"),
    ("a key with capitals", 'key = "place"', 'key = "Place"', 20, "英小文字"),
    ("a key unlike the file", 'key = "sample"', 'key = "other"', 2, "ファイル名 sample.toml と一致しません"),
    ("a part without its vendor", 'vendor = "乙"\n', "", 11, "「vendor」がありません"),
    ("an unknown word", 'vendor = "乙"', 'vendor = "乙"\nking = "王"', 14, "「king」という項目はありません"),
    ("an unknown kind", '["work-location"]', '["work-place"]', 24, "「work-place」という義務の種別"),
    (
        "an unknown moment",
        'when = ["before-start"]\noptions',
        'when = ["soon"]\noptions',
        25,
        "「soon」という時期",
    ),
    ("no moment", 'when = ["before-start"]\noptions', "when = []\noptions", 25, "時期がありません"),
    ("info with a duty", 'when = ["before-start"]\noptions', 'when = ["info"]\noptions', 25, "info"),
    ("info beside a moment", '["work-location"]\nwhen = [', '[]\nwhen = ["info", ', 25, "info"),
    ("only shown without info", '["work-location"]', '["liability"]', 25, "info"),
    ("a kind twice", '"worker-list", "oath"', '"oath", "oath"', 34, "「oath」が重なっています"),
    ("a number in a list", '["work-location"]', "[3]", 24, "「kinds」は文字列の配列"),
    ("an option not offered", 'options = ["媒体"]', 'options = ["派遣"]', 26, "「派遣」という [[option]]"),
    (
        "a second stage beforehand",
        'parameters.submit = "beforehand"\n\n',
        'parameters.then = "あらかじめ"\n\n',
        27,
        "「then」は、第2段階の報告は事前にはできないため",
    ),
    ("an unknown parameter", "parameters.submit =", "parameters.sumbit =", 27, "「sumbit」という条件"),
    (
        "an unknown value",
        'submit = "beforehand"\n\n',
        'submit = "before"\n\n',
        27,
        "none・on-request・beforehand",
    ),
    (
        "a parameter of another kind",
        "parameters.oath.submit",
        "parameters.training.submit",
        36,
        "kinds にありません",
    ),
    (
        "a parameter of one kind",
        'oath.submit = "promptly"',
        "oath.period_months = 0",
        36,
        "「period_months」は、1 以上",
    ),
    (
        "a kind that is no table",
        'parameters.oath.submit = "promptly"',
        "parameters.oath = 1",
        36,
        "「oath」は",
    ),
    (
        "none and an approval",
        "oath.submit =",
        'oath.exception = ["none", "approval"] #',
        36,
        "none（例外なし）",
    ),
    ("false for a flag", 'oath.submit = "promptly"', "oath.written = false", 36, "「written」は、true"),
    ("an empty list", 'oath.submit = "promptly"', "oath.items = []", 36, "「items」は、1つ以上"),
    ("half an article", "oath.submit =", 'oath.explain = [{ act = "法" }] #', 36, "act・article・subject"),
    (
        "an unknown other kind",
        'oath.submit = "promptly"',
        'oath.instead = "x"',
        36,
        "「instead」は、義務の種別",
    ),
    (
        "a parameter that the kind does not have",
        "parameters.oath.submit =",
        "parameters.oath.stages = 2 #",
        36,
        "「stages」は「oath」では意味を持ちません（「incident-notice」の条件です）。削除するか、",
    ),
    (
        "a parameter that no kind of the clause has",
        "parameters.oath.submit =",
        'parameters.country = "日本" #',
        36,
        "「country」は「worker-list」・「oath」では意味を持ちません（「domestic-storage」の条件です）",
    ),
    (
        "a parameter of many other kinds",
        'submit = "beforehand"\n\n',
        "period_months = 12\n\n",
        27,
        "（「training」・「supervision」・「management-system」などの条件です）",
    ),
    (
        "a parameter where there is no duty",
        '["work-location"]',
        "[]",
        27,
        "「submit」は義務のない条項では意味を持ちません",
    ),
    ("an assumption of nothing", "oath.submit =", 'oath.assumed = ["days_before"] #', 36, "値がありません"),
    ("a number twice", 'number = "第2条"', 'number = "第1条"', 31, "「第1条」は前にもあります"),
    ("a key twice", 'key = "people"', 'key = "place"', 30, "「place」は前にもあります"),
    ("a part that is not there", 'number = "第2条"', 'number = "別紙 第2条"', 31, "「別紙」という [[part]]"),
    ("an unclosed string", 'heading = "人"', 'heading = "人', 32, "TOML の書き方"),
    (
        "an end before the start",
        "\n[[part]]",
        "in_force_from = 2026-04-01\nin_force_until = 2026-03-31\n[[part]]",
        7,
        "始まりより前",
    ),
    (
        "a moment of the day",
        "\n[[part]]",
        "in_force_from = 2026-04-01T09:00:00\n[[part]]",
        6,
        "「in_force_from」は日付",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN]
)
def test_a_fault_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    problems = refused(GOOD.replace(old, new, 1))
    assert f"resources/annexes/sample.toml の {line}行目：" in problems[0]
    assert words in problems[0]
    assert problems[0].endswith("。")


def test_all_faults_are_named_at_once_in_the_order_of_the_lines() -> None:
    text = GOOD.replace('"oath"]', '"oaht"]').replace('label = "媒体を使う"\n', "").replace("乙", "")
    problems = refused(text)
    lines = [int(re.findall(r"(\d+)行目", problem)[0]) for problem in problems]
    assert lines == sorted(lines)
    assert lines[:3] == [13, 15, 33]


def test_bytes_that_are_no_text_are_named_with_their_line() -> None:
    problems = refused(GOOD.encode("utf-8").replace("第2条".encode(), "第2条".encode("cp932")))
    assert "31行目：UTF-8 として読めません" in problems[0]


@pytest.mark.parametrize("text", ["x = " + "[" * 100_000, "x = " + "9" * 10_000], ids=["nesting", "digits"])
def test_what_overwhelms_the_reader_is_refused_in_a_sentence(text: str) -> None:
    assert "行目" in refused(text)[0]


def test_an_empty_file_lacks_everything() -> None:
    assert any("「clause」がありません" in problem for problem in refused(""))


def test_a_list_where_tables_belong_is_refused() -> None:
    text = GOOD.partition("[[part]]")[0] + "part = [1]\nclause = [2]\n"
    assert [re.findall("「(.*?)」", problem)[0] for problem in refused(text)] == ["part", "clause"]


def test_a_missing_file_and_the_same_annex_twice_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="を読めません"):
        load([tmp_path / "none.toml"])
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "sample.toml").write_text(GOOD, encoding="utf-8")
    assert [annex.key for annex in load([tmp_path / "one" / "sample.toml"]).annexes] == ["sample"]
    with pytest.raises(PeopleError, match="「sample」のファイルが2つあります"):
        load([tmp_path / folder / "sample.toml" for folder in ("one", "two")])


def test_lines_are_not_misled_by_strings_brackets_and_comments() -> None:
    text = '''\
a = """
b = 1
[[c]]
\\""" "" x"""""
d = [ # [
  "]", { e = 1 },
  '[[c]]',
]
f.g = \'\'\'
h = 1\'\'\'
[[c]] # first
"i" = 1
[c.j]
k = 1
[[c]]
i = 2
'''
    lines = Lines(text)
    found = {path: lines.of(path) for path in [("a",), ("d",), ("f", "g"), ("c", 0), ("c", 0, "i")]}
    assert found == {("a",): 1, ("d",): 5, ("f", "g"): 9, ("c", 0): 11, ("c", 0, "i"): 12}
    assert lines.of(("c", 0, "j", "k")) == 14
    assert lines.of(("c", 1, "i")) == 16
    assert lines.of(("c", 1, "nowhere")) == 15
    assert lines.of(("h",)) == 1


def shipped(name: str) -> str:
    return files("resources").joinpath("annexes", name).read_text(encoding="utf-8")


NAMES = ("besshi-44.toml", "hofu.toml", "kawaguchi.toml", "kimitsu-hoji.toml", "minato.toml")
SHIPPED = {name: shipped(name) for name in NAMES}


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_clause_of_a_shipped_annex_is_found_on_its_line(name: str) -> None:
    text = SHIPPED[name]
    lines = Lines(text)
    for at, clause in enumerate(read(text, name).clauses):
        assert f'"{clause.number}"' in text.split("\n")[lines.of(("clause", at, "number")) - 1]


PIECES = st.sampled_from(
    (
        *"[]{}=.#1",
        *("[[clause]]", "[clause]", "[]", "[[]]", '"', '"""', "'", '""', "\n", "\\", "\u2028", "\x00"),
        *("true", "2026-04-01", "parameters.oath = 1\n", "kinds = 3\n", "number"),
    )
)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """The sample or a shipped annex with some pieces cut out, put in, or taken from elsewhere in it."""
    name = draw(st.sampled_from(["sample.toml", "sample.toml", *SHIPPED]))
    text = GOOD if name == "sample.toml" else SHIPPED[name]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        until = min(len(text), at + draw(st.integers(0, 40)))
        source = draw(st.integers(0, len(text)))
        moved = text[source : source + draw(st.integers(0, 40))]
        text = text[:at] + draw(st.one_of(PIECES, st.just(moved), st.text(max_size=5))) + text[until:]
    return name, text


def expect_annex_or_sentences(text: str | bytes, name: str) -> None:
    try:
        annex = read(text, name)
    except PeopleError as error:
        problems = error.problems
    else:
        assert all(set(clause.asked) == set(clause.kinds) for clause in annex.clauses)
        return
    assert problems
    assert all(re.match(rf"resources/annexes/{re.escape(name)} の \d+行目", one) for one in problems)


@given(mutated())
@settings(max_examples=200)
def test_a_mutated_annex_is_read_or_refused_but_never_breaks_the_reader(case: tuple[str, str]) -> None:
    name, text = case
    expect_annex_or_sentences(text.encode("utf-8", errors="surrogatepass"), name)


JSON = st.recursive(
    st.one_of(
        st.booleans(), st.integers(-5, 2000), st.sampled_from(["oath", "none", "", "第1条", "業務責任者"])
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["act", "oath"]), inner, max_size=2)
    ),
    max_leaves=5,
)


def toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return f"[{', '.join(toml(part) for part in value)}]"
        case dict():
            return "{" + ", ".join(f"{key} = {toml(part)}" for key, part in value.items()) + "}"
        case str():
            return f'"{value}"'
    return str(value)


LINES = [at for at, line in enumerate(GOOD.split("\n")) if "=" in line]


@given(st.sampled_from(LINES), JSON)
@settings(max_examples=200)
def test_any_value_under_any_key_is_read_or_refused_with_a_line(at: int, value: object) -> None:
    lines = GOOD.split("\n")
    lines[at] = f"{lines[at].partition('=')[0]}= {toml(value)}"
    expect_annex_or_sentences("\n".join(lines), "sample.toml")
