"""The pages that are generated from the code are up to date, and the facade keeps its promise."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import kg


def test_the_command_reference_is_what_the_commands_say(root: Path) -> None:
    script = root / "scripts" / "write_cli_docs.py"
    spec = importlib.util.spec_from_file_location("write_cli_docs", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), "run `make docs`"


def test_every_public_name_can_be_loaded_and_none_is_loaded_before() -> None:
    code = "import sys, kg; print(*sorted(name for name in sys.modules if name.startswith('kg')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["kg"]
    assert all(getattr(kg, name) is not None for name in kg.__all__)
    assert set(kg.__all__) <= set(dir(kg))
