"""A text made to cost time and memory is refused in one sentence; what annexes come near is read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annexes.files.annex_file import parse
from app.annexes.files.measure import LONGEST_LINE, LONGEST_TEXT, MOST_PARTS, beyond_measure
from app.common import PeopleError

MEMORY = 512
"""Megabytes that a reader of foreign files may take, the program itself among them."""
SECONDS = 60
"""Of processor time for all of them together: fewer for each than reading one may take."""

_CHECK = """
import resource, sys
from pathlib import Path
from app.annexes.catalogue import load
from app.common import PeopleError
from app.exchange.annexes.files import check
from app.records import Facts
catalogue = load()
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
for name in sys.argv[1:]:
    try:
        checked = check(Path(name), catalogue, Facts(()))
        print(checked.problems[0] if checked.problems else "")
    except PeopleError as error:
        print(error.sentence)
    print(name, "took", resource.getrusage(resource.RUSAGE_SELF), file=sys.stderr)
# Not ru_maxrss, which begins at what the process took that this one was forked from.
print(int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024)
"""


def filled(part: str, size: int = LONGEST_TEXT) -> str:
    """``part`` again and again, each with its number, up to a size."""
    count = size // len(part.format(0).encode("utf-8") + b"000000")
    return "".join(part.format(f"{number:06}") for number in range(count))


HUGE = 19_000_000
HOSTILE: dict[str, Callable[[], str]] = {
    "one dotted key, 200 kB": lambda: ".".join(["a"] * 100_000) + "=1",
    "dotted keys as long as a line": lambda: (".".join(["a"] * (LONGEST_LINE // 2 - 2)) + "=1\n") * 39,
    "quoted parts": lambda: ".".join(['"a"'] * 2_000) + "=1",
    "many keys of many parts": lambda: filled("a{}." + ".".join(["b"] * (MOST_PARTS - 1)) + "=1\n"),
    "a header of many parts": lambda: "[" + ".".join(["a"] * 4_000) + "]",
    "one string, 19 MB": lambda: 'a="' + "x" * HUGE + '"',
    "one string of lines, 19 MB": lambda: 'a="""' + "x\n" * (HUGE // 2) + '"""',
    "one string of escapes": lambda: 'a="""' + ("\\n" * 4_000 + "\n") * 49 + '"""',
    "quotes within a string": lambda: "a='''" + ('""' * 4_000 + "\n") * 48 + "'''",
    "keys without end": lambda: filled("a{}=1\n"),
    "tables without end": lambda: filled("[a{}]\n"),
    "clauses without end": lambda: "[[clause]]\n" * (LONGEST_TEXT // 12),
    "nested arrays": lambda: "a=" + "[" * (LONGEST_LINE - 10),
    "nested tables": lambda: "a=" + "{a=" * 3_000,
    "arrays over many lines": lambda: "a=" + "[\n" * 190_000,
    "one word": lambda: "a" * LONGEST_TEXT,
    "words and blanks": lambda: ("a" * 40 + " " * 4_000 + "\n") * 90,
    "a long number": lambda: "a=" + "9" * (LONGEST_LINE - 10),
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits and memory of a process are as Linux tells them")
def test_hostile_texts_cost_little_and_each_is_told_in_one_sentence(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.toml" for name in HOSTILE]
    for path, make in zip(paths, HOSTILE.values(), strict=True):
        path.write_text(make(), encoding="utf-8", newline="\n")
    command = [sys.executable, "-c", _CHECK.format(seconds=SECONDS), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, timeout=300, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
    *said, memory = done.stdout.splitlines()
    for path, sentence in zip(paths, said, strict=True):
        assert sentence.startswith(f"「{path.name}」")
        assert sentence.endswith("。")
    assert int(memory) <= MEMORY


def test_every_annex_is_far_within_measure() -> None:
    for entry in files("resources").joinpath("annexes").iterdir():
        if entry.name.endswith(".toml"):
            text = entry.read_text(encoding="utf-8")
            assert beyond_measure(text) is None
            assert len(text) * 10 < LONGEST_TEXT
            assert max(map(len, text.split("\n"))) * 10 < LONGEST_LINE


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_text_may_be_as_long_as_the_limit(more: int) -> None:
    text = ("# " + "あ" * 97 + "\n") * (LONGEST_TEXT // 100)
    if more <= 0:
        assert parse(text[: len(text) + more], "") == {}
    else:
        with pytest.raises(PeopleError, match=r"1行目：全体が400,000文字を超えているため"):
            parse(text + "#", "「特記事項」")


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_line_may_be_as_long_as_the_limit(more: int) -> None:
    text = "a = 1\n# " + "あ" * (LONGEST_LINE - 2 + more) + "\nb = 2"
    if more <= 0:
        assert parse(text, "") == {"a": 1, "b": 2}
    else:
        with pytest.raises(PeopleError, match=r"2行目：1行が10,000文字を超えているため"):
            parse(text, "「特記事項」")


@pytest.mark.parametrize("quote", ["", '"', "'"])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_key_may_have_as_many_parts_as_the_limit(more: int, quote: str) -> None:
    key = " . ".join(f"{quote}p{number}{quote}" for number in range(MOST_PARTS + more))
    text = f"a = 1\n\n{key} = 2"
    if more <= 0:
        assert parse(text, "")["a"] == 1
    else:
        with pytest.raises(PeopleError, match=r"3行目：点でつないだ名前が32個を超えているため"):
            parse(text, "「特記事項」")


@given(text=st.text(alphabet="ab._-\"' \t\n=[]{}あ", max_size=300))
def test_only_what_has_that_many_dots_in_a_line_has_too_many_parts(text: str) -> None:
    if max(line.count(".") for line in text.split("\n")) < MOST_PARTS:
        assert beyond_measure(text) is None
