"""Settings: safe as they stand, every variable documented, what is missing named."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT, SOURCE, needs_browser_assets

SETTINGS = sorted((SOURCE / "config" / "settings").glob("*.py"))
READ = re.compile(r"""env\.[a-z_]+\(\s*"([A-Z_]+)\"""")
# As docs/running.md says, with invented values.
DOCUMENTED = {
    "SECRET_KEY": "k7w2-n4hq-zv9d-31xt-p8rb-0c5y-ma6e-fj4u-qs2l-gi9o-we3v",
    "ALLOWED_HOSTS": "hereabouts.example",
    "BASE_URL": "https://hereabouts.example",
    "DATABASE_URL": "postgres://hereabouts:word@127.0.0.1:5432/hereabouts",
    "EMAIL_URL": "submission://user:word@mail.example:587/",
    "DEFAULT_FROM_EMAIL": "hello@hereabouts.example",
}


def manage(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a management command as a server would: production settings, only this environment."""
    return subprocess.run(
        [sys.executable, "-W", "error::UserWarning:hereabouts", ROOT / "manage.py", *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "hereabouts.config.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_every_check_for_deployment() -> None:
    # Without them the folder is not there, of which Django warns (staticfiles.W004).
    needs_browser_assets()

    checked = manage("check", "--deploy", "--fail-level", "INFO", environment=DOCUMENTED)

    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_production_names_a_missing_variable_and_where_to_read(name: str) -> None:
    without = {known: value for known, value in DOCUMENTED.items() if known != name}

    refused = manage("check", environment=without)

    assert refused.returncode != 0
    assert f"Set {name} in the environment: docs/running.md says to what." in refused.stderr


@pytest.mark.slow
def test_static_files_are_collected_with_every_reference_resolved(tmp_path: Path) -> None:
    needs_browser_assets()

    collected = manage(
        "collectstatic",
        "--no-input",
        environment={**DOCUMENTED, "HEREABOUTS_VAR": str(tmp_path)},
    )

    assert collected.returncode == 0, collected.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()


def test_every_variable_that_settings_read_is_in_the_table() -> None:
    read = {name for path in SETTINGS for name in READ.findall(path.read_text())}
    running = (ROOT / "docs" / "running.md").read_text()

    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", running, re.MULTILINE))

    assert len(read) > 10
    # The one that Django itself reads.
    assert documented == read | {"DJANGO_SETTINGS_MODULE"}


def test_only_settings_read_the_environment() -> None:
    elsewhere = [
        path
        for path in SOURCE.rglob("*.py")
        if path not in SETTINGS
        and path.name != "wsgi.py"
        and "management" not in path.parts
        and re.search(r"os\.environ\b(?!\s*\|)|os\.getenv|environs", path.read_text())
    ]

    assert elsewhere == []
