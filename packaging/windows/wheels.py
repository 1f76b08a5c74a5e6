"""The locked wheels for Windows: fetched by pip against their hashes, unpacked for Windows' Python."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from freezing.parts import Pin, declared, needed, pins, windows
from freezing.project import ROOT, BuildError, cache, ran, say

from windows.interpreter import Interpreter

LOCK = ROOT / "requirements.lock"
TOOLS_LOCK = ROOT / "packaging" / "build.lock"


def runtime(interpreter: Interpreter, into: Path) -> Path:
    """The folder of what the program needs when it runs and nothing else; from this it is frozen."""
    everything = development(interpreter, into)
    environment = windows(interpreter.version)
    names = needed(declared(), environment, [everything]).keys()
    chosen = [pin for pin in pins(LOCK, environment) if pin.name in names]
    return _installed(chosen, interpreter, into / "runtime")


def development(interpreter: Interpreter, into: Path) -> Path:
    """The folder of all that the lock pins: the tests run with this."""
    return _installed(pins(LOCK, windows(interpreter.version)), interpreter, into / "development")


def tools(interpreter: Interpreter, into: Path) -> Path:
    """The folder of what freezes."""
    return _installed(pins(TOOLS_LOCK, windows(interpreter.version)), interpreter, into / "tools")


def _installed(chosen: Sequence[Pin], interpreter: Interpreter, folder: Path) -> Path:
    lines = "\n".join(sorted(pin.line() for pin in chosen)) + "\n"
    stamp = folder / "installed-from"
    wanted = f"{interpreter.version} {hashlib.sha256(lines.encode()).hexdigest()}\n"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return folder
    say(f"installing {len(chosen)} Windows wheels into {folder.name}")
    if folder.exists():
        shutil.rmtree(folder)
    asked = cache("downloads") / f"{folder.name}.txt"
    asked.write_text(lines, encoding="utf-8")
    tag = interpreter.minor.replace(".", "")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-compile"]
    command += ["--platform", "win_amd64", "--implementation", "cp", "--python-version", interpreter.minor]
    command += _options("--abi", [f"cp{tag}", "abi3", "none"])
    done = ran([*command, "--target", folder, "-r", asked])
    if done.code:
        raise BuildError(f"the Windows wheels could not be installed:\n{done.text}")
    shutil.rmtree(folder / "bin", ignore_errors=True)  # launchers of this machine's kind
    stamp.write_text(wanted, encoding="utf-8")
    return folder


def _options(name: str, values: Iterable[str]) -> list[str]:
    return [word for value in values for word in (name, value)]
