"""The job by the program itself: what is printed, and what reading its own file over takes."""

from __future__ import annotations

import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pressing import tell

from app.printing.binding.joining import Part, joined
from app.printing.proof.archive import broken_rules
from app.printing.proof.reading import proof_read
from app.printing.render import render


def main() -> None:
    """Print, or join, what the command line names, as often as it says, and read it over each time."""
    held = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301  # made by the measure itself
    print_, prove = (_join, _prove_joined) if isinstance(held, list) else (render, proof_read)
    spent: dict[str, list[float]] = {"print": [], "proof": []}
    made = b""
    for _ in range(int(sys.argv[2])):
        made = _timed(spent["print"], print_, held)
        _timed(spent["proof"], prove, made, held)
    Path(sys.argv[3]).write_bytes(made)
    tell(spent)


def _timed(spent: list[float], work: Callable[..., Any], *arguments: Any) -> Any:
    began = time.process_time()
    done = work(*arguments)
    spent.append(time.process_time() - began)
    return done


def _join(parts: list[Part]) -> bytes:
    return joined(parts, "綴り")


def _prove_joined(made: bytes, _parts: list[Part]) -> None:
    if rules := broken_rules(made):
        raise RuntimeError(", ".join(rules))


if __name__ == "__main__":
    main()
