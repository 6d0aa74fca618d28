"""A sweep: rows that do not depend on who plays them, and what is made of them."""

import json
import pickle
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from SALib.analyze import morris, sobol

import main
from arena.jobs import Job, done, parts
from arena.places import Cluster, Here, NoCluster, Processes, cluster
from arena.places.cluster import sealed
from arena.places.identity import difference, identity
from arena.sweep import answers, door, work
from arena.sweep.answers import QUANTILES
from arena.sweep.work import Task, digest_of, jobs, played
from play.columnar import join
from play.evidence.simulate import Setup
from world.chance import game_seed

OUTCOMES = ("lead", "smuggled_h100e")
VARY = ("rules.diffusion=0.2:1", "rules.risk_scale=0.4:2.5", "length=2:4")
TASK = Task(Setup("tutorial", OUTCOMES), VARY, "lhs", 8, 5, 3, digest_of("tutorial"))
WORDS = ("sweep", "tutorial", "--outcomes", ",".join(OUTCOMES), *(word for one in VARY for word in ("--vary", one)))
ROOT = Path(__file__).resolve().parents[2]
WORKER = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny", "--nthreads=1", "--no-dashboard"]
ROLES = ("client", "scheduler", "worker")
SIZE = ("--samples", "8", "--games", "5", "--seed", "3")


@pytest.fixture(autouse=True)
def _small_jobs(monkeypatch):
    monkeypatch.setattr(work, "ROWS", 9)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """The folder of a sweep that was played without a break."""
    folder = tmp_path_factory.mktemp("whole") / "sweep"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(work, "ROWS", 9)
        assert main.main([*WORDS, *SIZE, "--out", str(folder)]) == 0
    return folder


def swept(folder: Path, *words: str) -> pd.DataFrame:
    """The rows of a sweep."""
    assert main.main([*WORDS, *words, "--out", str(folder)]) == 0
    return pd.read_parquet(folder / "sweep.parquet")


def joined(folder: Path) -> bytes:
    """The bytes of the table that parts make."""
    with (folder / "joined").open("wb") as file:
        join(parts(folder), file)
    return (folder / "joined").read_bytes()


def test_two_processes_play_the_same_rows(whole, tmp_path):
    done(played, jobs(TASK, TASK.places()), Processes(2), tmp_path)
    assert joined(tmp_path) == (whole / "sweep.parquet").read_bytes()


def test_a_cluster_that_loses_a_worker_plays_the_same_rows(whole, tmp_path, monkeypatch):
    """One worker is a thread here, which saves a start; the other is a process of its own, and is killed."""
    from distributed import LocalCluster

    about = {"protocol": "tcp://", "threads_per_worker": 1, "memory_limit": 0, "dashboard_address": ":0"}
    with LocalCluster(n_workers=0, processes=False, silence_logs=50, **about) as scheduler:
        place = Cluster(scheduler.scheduler_address)
        with pytest.raises(NoCluster, match="has no workers; start workers"):
            place.check()
        worker = subprocess.Popen([*WORKER, scheduler.scheduler_address], cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            scheduler.scale(1)
            scheduler.wait_for_workers(2)
            place.check()
            with monkeypatch.context() as patched:
                patched.setattr(cluster, "identity", lambda: {**identity(), "rules": "others"})
                with pytest.raises(NoCluster, match=r"has rules .* and here it is others; give all the same checkout"):
                    place.check()
            lost: list[int] = []

            def kill(job):
                if not lost:
                    some = scheduler.scheduler.workers.values()
                    lost.append(sum(len(one.processing) for one in some if one.pid == worker.pid))
                worker.kill()

            done(played, jobs(TASK, TASK.places()), place, tmp_path, kill)
            assert worker.wait() == -signal.SIGKILL
            assert lost[0] > 0
        finally:
            worker.kill()
            worker.wait()
    assert joined(tmp_path) == (whole / "sweep.parquet").read_bytes()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="certificates are made by openssl, which is not here")
def test_a_cluster_that_asks_for_certificates_is_reached_with_those_of_dask(tmp_path):
    import dask
    from distributed import LocalCluster
    from distributed.security import Security

    key, cert = str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost"]
    made = ["openssl", "req", "-x509", *kind, "-keyout", key, "-out", cert]
    subprocess.run(made, check=True, capture_output=True)
    own = {f"distributed.comm.tls.{who}.{what}": at for who in ROLES for what, at in (("key", key), ("cert", cert))}
    about = {"protocol": "tls://", "silence_logs": 50, "dashboard_address": ":0"}
    none = {f"distributed.comm.tls.client.{what}": None for what in ("key", "cert")}
    with (
        dask.config.set({"distributed.comm.tls.ca-file": cert, **own}),
        LocalCluster(n_workers=0, processes=False, security=Security(), **about) as scheduler,
    ):
        place = Cluster(scheduler.scheduler_address)
        with pytest.raises(NoCluster, match="has no workers; start workers"):
            place.check()
        with dask.config.set(none), pytest.raises(NoCluster, match="no scheduler answers there"):
            place.check()


def test_a_worker_with_other_rules_plays_nothing():
    assert pickle.loads(sealed(played, Job(0, None), {"rules": "others"})).startswith("has rules")  # noqa: S301


def test_a_sweep_stopped_and_resumed_three_times_has_the_same_rows(whole, tmp_path, monkeypatch, capsys):
    class Tired(Here):
        def results(self, work, some):
            for at, result in enumerate(super().results(work, some)):
                if at == 1:
                    raise KeyboardInterrupt
                yield result

    words = [*WORDS, *SIZE, "--out", str(tmp_path / "sweep")]
    with monkeypatch.context() as patched:
        patched.setattr(door, "Here", Tired)
        for resumed in ([], ["--resume"], ["--resume"]):
            assert main.main([*words, *resumed]) == 130
            assert "the same command with --resume goes on" in capsys.readouterr().err
            assert not (tmp_path / "sweep").exists()
    assert main.main([*words, "--resume"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["sweep"]
    for name in ("sweep.parquet", "responses.parquet", "report.html", "dictionary.json", "README.md"):
        assert (tmp_path / "sweep" / name).read_bytes() == (whole / name).read_bytes(), name
    assert main.main([*words, "--resume"]) == 0
    assert "all 40 games are there already" in capsys.readouterr().err


def test_a_sweep_stopped_before_anything_is_finished_leaves_nothing(tmp_path, monkeypatch, capsys):
    class Stopped(Here):
        def results(self, work, some):
            raise KeyboardInterrupt

    monkeypatch.setattr(door, "Here", Stopped)
    assert main.main([*WORDS, *SIZE, "--out", str(tmp_path / "sweep")]) == 130
    assert "nothing is kept" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_sweep_begun_with_other_words_or_rules_is_not_gone_on_with(tmp_path, monkeypatch, capsys):
    draft = tmp_path / "sweep.part"
    (draft / "shards").mkdir(parents=True)
    plan = {**TASK.identity, "made_with": identity()}
    words = [*WORDS, *SIZE, "--out", str(tmp_path / "sweep"), "--resume"]
    for changed, said in (({"seed": 4}, "begun with seed 4"), ({"made_with": {"rules": "old"}}, "would not agree")):
        (draft / "plan.json").write_text(json.dumps(plan | changed))
        assert main.main(words) == 2
        assert said in capsys.readouterr().err


def test_rows_are_in_order_and_equal_games_are_equal_luck(whole):
    rows = pd.read_parquet(whole / "sweep.parquet")
    assert list(rows.columns) == ["sample", "game", "seed", *(one.partition("=")[0] for one in VARY), *OUTCOMES]
    assert list(rows["sample"]) == [sample for sample in range(8) for _ in range(5)]
    assert list(rows["game"]) == list(range(5)) * 8
    assert list(rows["seed"]) == [game_seed(3, game) for game in range(5)] * 8
    assert set(rows["length"]) <= {2, 3, 4}


def test_a_row_is_the_game_that_its_numbers_and_seed_give(whole, tmp_path):
    rows = pd.read_parquet(whole / "sweep.parquet")
    row = rows.iloc[17]
    varied = [f"{key}={float(row[key])!r}" for key in ("rules.diffusion", "rules.risk_scale")] + [
        f"length={row.length:.0f}"
    ]
    words = ["run", "tutorial", "--games", "1", "--seed", str(rows["seed"][17]), "--out", str(tmp_path / "run")]
    assert main.main([*words, *(word for one in varied for word in ("--set", one))]) == 0
    game = pd.read_parquet(tmp_path / "run/games.parquet").iloc[0]
    for name in OUTCOMES:
        assert game[name] == row[name]


def test_the_dictionary_knows_every_column(whole):
    known = json.loads((whole / "dictionary.json").read_text("utf-8"))
    for table in ("sweep", "responses"):
        found = pq.read_schema(whole / f"{table}.parquet").names
        assert [one["column"] for one in known[table]] == found
        assert all(one["doc"] for one in known[table])


def test_the_report_stands_alone_and_shows_every_number_and_outcome(whole):
    page = (whole / "report.html").read_text("utf-8")
    assert "http" not in page
    assert page.count("<svg") == len(VARY) * len(OUTCOMES)
    for name in (*(one.partition("=")[0] for one in VARY), *OUTCOMES):
        assert name in page


def test_quantiles_of_a_response_are_those_of_its_games(whole):
    rows, responses = (pd.read_parquet(whole / f"{name}.parquet") for name in ("sweep", "responses"))
    mine = responses[(responses["varied"] == "length") & (responses["outcome"] == "smuggled_h100e")]
    for _, place in mine.iterrows():
        games = rows["smuggled_h100e"][rows["length"] == place["at"]]
        assert place["games"] == games.size
        for quantile in QUANTILES:
            expected = np.quantile(games, quantile, method="inverted_cdf")
            assert place[f"p{100 * quantile:.0f}"] == pytest.approx(expected)


def test_answers_gathered_in_small_groups_are_near_those_of_all_rows(whole, monkeypatch):
    exact = answers.curves(TASK, TASK.places(), whole / "sweep.parquet")
    monkeypatch.setattr(answers, "LOOKED_AT", 7)
    near = answers.curves(TASK, TASK.places(), whole / "sweep.parquet")
    for one, other in zip(exact, near, strict=True):
        assert np.array_equal(one.games, other.games)
        assert (one.quantiles.min() <= other.quantiles).all()
        assert (other.quantiles <= one.quantiles.max()).all()


@pytest.mark.parametrize(("method", "samples"), [("sobol", 8), ("morris", 6)])
def test_the_analysis_of_salib_runs_on_the_table(method, samples, tmp_path):
    rows = swept(tmp_path / "sweep", "--method", method, "--samples", str(samples), "--games", "2", "--seed", "3")
    outcome = rows.groupby("sample")["smuggled_h100e"].mean().to_numpy()
    names = [one.partition("=")[0] for one in VARY]
    about = {"num_vars": 3, "names": names, "bounds": [[0.2, 1.0], [0.4, 2.5], [2.0, 4.0]]}
    if method == "sobol":
        found = sobol.analyze(about, outcome, calc_second_order=False, num_resamples=200, seed=4)
    else:
        sets = rows.groupby("sample")[names].mean().to_numpy()
        found = morris.analyze(about, sets, outcome, num_levels=4, num_resamples=200, seed=4)
    kept = pd.read_parquet(tmp_path / "sweep/responses.parquet")
    kept = kept[kept["outcome"] == "smuggled_h100e"].groupby("varied", observed=True, sort=False).first()
    for kind in ("ST", "S1") if method == "sobol" else ("mu_star", "sigma"):
        assert list(kept.index) == names
        assert kept[kind][:2].to_numpy() == pytest.approx(np.asarray(found[kind])[:2], rel=1e-6)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--vary", "rules.difusion=0:1"],
            "--vary rules.difusion=0:1: there is no coefficient 'difusion'; did you mean",
        ),
        (["--vary", "open.premium=3:1"], "write the smaller number first"),
        (["--samples", "0"], "--samples 0: lhs counts sets; write 1 or more"),
        (["--samples", "many"], "argument --samples"),
        (["--method", "sobol", "--samples", "12"], "write 8 or 16"),
        (["--method", "grid", "--samples", "1000"], "games at most"),
        (["--method", "lsh"], "--method lsh: there is no such method; write one of grid, lhs, sobol, morris"),
        (["--games", "0"], "--games 0: write a whole number from 1 on"),
        (["--seed", "-1"], "--seed -1: write a whole number from 0"),
        (["--outcomes", "leed"], "outcome 'leed': tutorial has none of that name; did you mean lead?"),
        (["--player", "washington=hwk"], "--player washington=hwk: 'hwk' is not a doctrine"),
        (["--set", "rules.x=1"], "setting rules.x=1: there is no coefficient 'x'"),
        (["--workers", "0"], "--workers 0: write a whole number from 1 on"),
        (["--workers", "2", "--cluster", "tcp://127.0.0.1:1"], "take --workers or --cluster out"),
        (["--cluster", ""], "--cluster : is no address of a scheduler"),
        (["--cluster", "here"], "--cluster here: is no address of a scheduler; write one such as tcp://host:8786"),
        (["--cluster", "tcp://127.0.0.1:1"], "--cluster tcp://127.0.0.1:1: no scheduler answers there"),
        (["--out", "full"], "--out full: is not empty"),
        (["--out", "full/file"], "--out full/file: is a file; choose a new folder"),
        (["--out", "full/file/deeper"], "cannot be written"),
    ],
)
def test_words_that_cannot_be_obeyed_are_refused_in_a_sentence(words, said, tmp_path, monkeypatch, capsys):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    try:
        status = main.main([*WORDS, "--out", "out", *words])
    except SystemExit as left:
        status = left.code
    told = capsys.readouterr()
    assert status == 2
    assert said in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "full"]


def test_another_scenario_of_the_same_name_is_refused():
    other = Task(TASK.setup, TASK.vary, TASK.method, TASK.samples, TASK.games, TASK.seed, "another")
    with pytest.raises(ValueError, match="tutorial: is not the same file everywhere"):
        work.prepared(other)


def test_what_differs_between_two_computers_is_said():
    assert difference(identity(), dict(identity())) == ""
    assert difference({"numpy": "2.1"}, {"numpy": "2.0"}) == "has numpy 2.0, and here it is 2.1"
    assert difference({"numpy": "2.1"}, {}) == "has numpy of an unknown version, and here it is 2.1"
