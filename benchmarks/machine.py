"""The machine on which a benchmark runs."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path

LIBRARIES = ("beautifulsoup4", "lxml", "msgspec", "pillow", "pypandoc_binary", "typer", "weasyprint")
"""The libraries in which a conversion spends most of its time."""


def describe_machine() -> dict[str, str]:
    """Return what measured times depend on: the processor and its load, Python, and the versions of libraries."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return {
        "processor": f"{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "Python": f"{platform.python_version()} on {platform.system()}",
        "libraries": ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES),
    }
