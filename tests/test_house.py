"""The house is in order: the import rule, the tools, the requirements, what files may say."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = ("world", "agents", "play", "desktop", "classroom", "arena")
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")

LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"

# Written in parts, so that this file does not hold what it looks for.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry.np" + "mjs",
    "registry.yarn" + "pkg",
    "deb.deb" + "ian.org",
    "conda.ana" + "conda.org",
    "proxy.gol" + "ang.org",
]
HOMES = ["home", "root", "Users", "work", "farm", "tmp", "opt"]
MACHINE = re.compile("|".join(map(re.escape, HOSTS)) + rf"|(?<![\w./)\]}}-])/(?:{'|'.join(HOMES)})/\w")


def python(*words: str, cwd: Path = ROOT) -> tuple[int, str]:
    """Exit status and output of this interpreter run on the words."""
    done = subprocess.run([sys.executable, *words], cwd=cwd, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def files() -> list[Path]:
    """Every file that is tracked or would be; without git, every file outside hidden folders."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout
        names = [Path(name) for name in listed.decode("utf-8").split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        names = [name for name in names if not name.parts[0].startswith(".")]
    return sorted(ROOT / name for name in set(names) if (ROOT / name).is_file())


def texts() -> Iterator[tuple[str, str]]:
    """Name and content of every file that holds text."""
    for path in files():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def pins(name: str) -> dict[str, list[str]]:
    """The hashes given for each requirement of a file."""
    given: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text("utf-8").splitlines():
        words = line.removesuffix("\\").strip()
        if words.startswith("--hash="):
            given[list(given)[-1]].append(words)
        elif words and not words.startswith("#"):
            given[words] = []
    return given


def project_name(requirement: str) -> str:
    """The name at the head of a requirement, as indexes compare names."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def test_a_room_imports_only_rooms_below_it():
    status, said = python("-c", LINT_IMPORTS)
    assert status == 0, said


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("world/state.py", "import agents", "floors"),
        ("agents/fab.py", "import play.model", "floors"),
        ("world/state.py", "import mesa", "the world draws, serves and schedules nothing"),
        ("world/phases/sales.py", "import world.phases.cloud", "phases do not know each other"),
    ],
)
def test_an_import_that_breaks_the_rule_is_named(tmp_path, module, line, contract):
    for room in PROJECT["tool"]["importlinter"]["root_packages"]:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    (tmp_path / "world/phases").mkdir()
    for name in ("__init__.py", "sales.py", "cloud.py"):
        (tmp_path / "world/phases" / name).touch()
    (tmp_path / "play/model.py").touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    status, said = python("-c", LINT_IMPORTS, cwd=tmp_path)
    assert status == 0, said

    (tmp_path / module).write_text(line + "\n", "utf-8")
    status, said = python("-c", LINT_IMPORTS, cwd=tmp_path)
    assert status != 0
    assert f"{contract} BROKEN" in said


def test_the_checks_know_every_room():
    rooms = [room for room in ROOMS if (ROOT / room).is_dir()]
    assert rooms == [r for r in ROOMS if r in PROJECT["tool"]["importlinter"]["root_packages"]]
    assert {"main.py", *rooms} == set(PROJECT["tool"]["mypy"]["files"])


def test_every_folder_of_a_room_with_python_in_it_is_a_package():
    modules = [path for path in files() if path.suffix == ".py"]
    folders = {path.parent for path in modules if path.relative_to(ROOT).parts[0] in ROOMS}
    assert not [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()]


def test_nobody_looks_past_a_view_at_the_world_behind_it():
    outside = [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] != "world"]
    assert not [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in outside
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "_world"
    ]


def test_assets_hold_no_code():
    assert not list((ROOT / "assets").rglob("*.py"))


def test_the_code_reads_as_ruff_expects():
    status, said = python("-m", "ruff", "check", ".")
    assert status == 0, said


def test_the_code_is_formatted():
    status, said = python("-m", "ruff", "format", "--check", ".")
    assert status == 0, said


def test_the_types_hold():
    status, said = python("-m", "mypy")
    assert status == 0, said


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_and_hashed(name):
    given = pins(name)
    assert given
    assert not [pin for pin in given if not re.match(r"[\w.-]+==[\w.]+( ;|$)", pin)]
    assert not [pin for pin, hashes in given.items() if not hashes]
    assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", h) for hs in given.values() for h in hs)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_hold_no_address(name):
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted", pinned_lines(name))


def pinned_lines(name: str) -> str:
    """A requirements file without its comments."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


def test_the_requirements_hold_what_the_project_asks_for():
    project = PROJECT["project"]
    players, developers = (pins(name) for name in REQUIREMENTS)
    asked = {project_name(wish) for wish in project["dependencies"]}
    tools = {project_name(wish) for wish in project["optional-dependencies"]["dev"]}
    assert asked <= {project_name(pin) for pin in players}
    assert tools <= {project_name(pin) for pin in developers}
    assert not tools & {project_name(pin) for pin in players}


def test_developers_test_what_players_install():
    players, developers = (pins(name) for name in REQUIREMENTS)
    assert players.items() <= developers.items()


def test_no_file_names_a_package_index_or_a_path_of_a_machine():
    found = [f"{name}: {match[0]}" for name, text in texts() for match in MACHINE.finditer(text)]
    assert not found


def test_hosts_and_paths_would_be_found():
    for host in HOSTS:
        assert MACHINE.search(f"see https://{host}/simple")
    for home in HOMES:
        assert MACHINE.search(f'open("/{home}/somebody/file")')
    for harmless in ("https://example.org/home/page", "wafers/home/day", "a / home", "./tmp/x"):
        assert not MACHINE.search(harmless)


def test_continuous_integration_runs_what_the_readme_says():
    bash = shutil.which("bash")
    assert bash, "bash is needed to read .ci/run"
    shown = subprocess.run([bash, ".ci/run", "--show"], cwd=ROOT, capture_output=True, text=True)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.strip().endswith("-m pytest")
    assert shown.stdout.strip() in (ROOT / "README.md").read_text("utf-8").splitlines()
