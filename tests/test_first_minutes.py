"""What somebody sees who types `make run` for the first time: how much is fetched, how far that is, and whether it went well."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.places import ROOT

PIP = """Collecting aiohttp==3.14.5 (from -r requirements.lock (line 4))
  Downloading aiohttp-3.14.5-cp311-cp311-manylinux2014_x86_64.whl.metadata (7.7 kB)
  Downloading aiohttp-3.14.5-cp311-cp311-manylinux2014_x86_64.whl (1.9 MB)
Processing /wheels/yarl-1.25.1-cp311-cp311-manylinux2014_x86_64.whl (from -r requirements.lock (line 9))
Collecting mako==1.3.10
  Using cached mako-1.3.10-py3-none-any.whl (78 kB)
Installing collected packages: mako, yarl, aiohttp
"""


def told(live: int, ending: str = "exit 0") -> subprocess.CompletedProcess[str]:
    """What the Makefile says while pip says this."""
    command = ["awk", "-v", "all=3", "-v", f"live={live}", "-f", str(ROOT / ".ci" / "fetched.awk")]
    return subprocess.run(command, input=f"{PIP}{ending}\n", capture_output=True, text=True, check=False)


@pytest.mark.skipif(shutil.which("awk") is None, reason="there is no awk here")
def test_fetching_says_how_far_it_is() -> None:
    """On a terminal in one line that is written over; elsewhere in few. What is only looked at isn't counted as fetched."""
    live = told(1)
    assert (live.returncode, live.stderr) == (0, "")
    steps = [one.strip() for one in re.split(r"[\r\n]", live.stdout) if one.strip()]
    assert steps[1] == "1 of 3 packages, 1.9 MB: aiohttp"
    assert steps[-2:] == ["3 of 3 packages, 2.0 MB: mako", "3 packages are here, 2.0 MB. Installing them ..."]
    assert told(0).stdout.split("\n") == ["  3 packages are here, 2.0 MB. Installing them ...", ""]


@pytest.mark.skipif(shutil.which("awk") is None, reason="there is no awk here")
def test_what_failed_ends_as_failed() -> None:
    """So that make stops there, as it did when pip was alone."""
    assert told(0, "exit 2").returncode == 2


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
def test_make_run_says_first_how_much_is_fetched() -> None:
    """Before anything is fetched, in packages and megabytes."""
    said = subprocess.run(
        [str(shutil.which("make")), "-n", "-B", "run"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert re.search(r"once: \$\(grep .* requirements\.lock\) packages, about \d+ MB", said)
    assert said.index("packages, about") < said.index("pip install")
