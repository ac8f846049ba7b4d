"""Packages come from wherever pip is told to look, and only if their hash is locked."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from requirements.registry import fetch_wheel, pip_settings, uv_variables


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_CERT"):
        monkeypatch.delenv(name, raising=False)
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))


def test_what_pip_reads_in_its_file_reaches_uv(tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text(
        "[global]\nindex-url = https://mirror.example/simple\ncert = /etc/own.pem\n"
        "[install]\nextra-index-url =\n    https://one.example\n    https://two.example\n"
    )
    variables = uv_variables(pip_settings())
    assert variables["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert variables["UV_INDEX"] == "https://one.example https://two.example"
    assert variables["SSL_CERT_FILE"] == "/etc/own.pem"


def test_a_variable_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pip.conf").write_text("[global]\nindex_url = https://file.example/simple\n")
    monkeypatch.setenv("PIP_INDEX_URL", "https://variable.example/simple")
    assert uv_variables(pip_settings())["UV_DEFAULT_INDEX"] == "https://variable.example/simple"


@pytest.mark.parametrize("own", ["UV_DEFAULT_INDEX", "UV_INDEX_URL"])
def test_what_the_person_set_for_uv_itself_is_left_alone(
    own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://pip.example/simple")
    monkeypatch.setenv(own, "https://uv.example/simple")
    assert "UV_DEFAULT_INDEX" not in uv_variables(pip_settings())


def test_a_broken_settings_file_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text("index-url without a section\n")
    assert "UV_DEFAULT_INDEX" not in uv_variables(pip_settings())


@contextmanager
def _registry(folder: Path, content: bytes) -> Iterator[str]:
    """Serve a registry that holds one pip."""
    name = "pip-1.0-py3-none-any.whl"
    page = folder / "simple" / "pip" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<a href="/pip-0.9-py3-none-any.whl">old</a> <a href="/{name}#sha256=0">')
    (folder / name).write_bytes(content)
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/simple"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("honest", [True, False])
def test_only_the_locked_file_is_taken(
    honest: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"a wheel"
    digest = hashlib.sha256(content if honest else b"another wheel").hexdigest()
    lock = tmp_path / "installer.lock"
    lock.write_text(f"pip==1.0 \\\n    --hash=sha256:{digest}\n    # via -r installer.in\n")
    with _registry(tmp_path / "files", content) as address:
        monkeypatch.setenv("PIP_INDEX_URL", address)
        if honest:
            assert fetch_wheel("pip", lock) == ("pip-1.0-py3-none-any.whl", content)
        else:
            with pytest.raises(ValueError, match="niet het vastgelegde bestand"):
                fetch_wheel("pip", lock)
