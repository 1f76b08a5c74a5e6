"""Signatures: in place, with a password that nobody sees, and broken by any change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from freezing.project import BuildError
from windows import signing

needs_tool = pytest.mark.skipif(not shutil.which("osslsigncode"), reason="osslsigncode is not installed")
PROGRAM = Path(signing.__file__).parent / "trust" / "microsoft-identity-verification-root-2020.pem"


def test_a_password_is_never_in_the_command(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("correct horse", encoding="utf-8")
    (tmp_path / "ours.p12").write_bytes(b"")
    signer = signing.with_file(tmp_path / "ours.p12", password, "http://time.example")
    command = " ".join(signer.command())
    assert "correct horse" not in command
    assert f"-readpass {password}" in command
    assert "-ts http://time.example" in command


def test_a_key_in_a_token_is_named_by_its_address(tmp_path: Path) -> None:
    module, chain = tmp_path / "module.so", tmp_path / "chain.pem"
    for path in (module, chain):
        path.write_bytes(b"")
    signer = signing.with_token(module, chain, "pkcs11:object=ours", None)
    assert f"-pkcs11module {module} -certs {chain} -key pkcs11:object=ours" in " ".join(signer.command())
    with pytest.raises(BuildError, match="pkcs11:"):
        signing.with_token(module, chain, "ours", None)


def test_a_certificate_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"none\.p12 is not there"):
        signing.with_file(tmp_path / "none.p12", None)


@needs_tool
def test_the_laboratorys_own_certificate_says_that_it_is_no_real_one() -> None:
    with signing.of_the_laboratory() as signer:
        assert signer.laboratory
        kept = [Path(word) for word in signer.words if word.startswith("/")]
        assert all(path.is_file() for path in kept)
    assert not any(path.exists() for path in kept)
    assert "not trusted" in signing.LABORATORY


def test_what_is_no_program_is_not_signed() -> None:
    if shutil.which("osslsigncode"):
        assert not signing.is_signed(PROGRAM)
