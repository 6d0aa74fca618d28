"""Settings: numbers of a scenario changed by name on the command line."""

import numpy as np
import pytest

from tests.world.tiny import seeds
from world.scenario import ScenarioError, opened
from world.turn import layout_of


@pytest.mark.parametrize(
    ("key", "value", "found", "expected"),
    [
        ("rules.diffusion", 0, lambda s, w, r: r.diffusion, 0),
        ("rules.diffusion", "50 x", lambda s, w, r: r.diffusion, 50),
        ("rules.node_cost.leading", "3", lambda s, w, r: r.node_cost[2], 3),
        ("rules.node_cost", 3, lambda s, w, r: r.node_cost, 3),
        ("open.premium", "30 percent", lambda s, w, r: w.premium, np.float32(0.3)),
        ("open.money.outside", 5, lambda s, w, r: w.money[-1], 5),
        ("nvidia.open.skill", 25, lambda s, w, r: w.skill[0], 25),
        ("smic.open.capacity", 7, lambda s, w, r: w.capacity[1], 7),
        (
            "smic.open.capacity.advanced",
            "50000 wafers/month",
            lambda s, w, r: w.capacity[1, 1],
            150_000,
        ),
        ("smic.open.coming.advanced", "1,2", lambda s, w, r: w.coming[1, 1, 1:3, 0], [2, 0]),
        ("b200.open.on_sale", "false", lambda s, w, r: w.on_sale[1], False),
        ("h20.open.node", "mature", lambda s, w, r: w.node[0], 0),
        ("length", "8", lambda s, w, r: w.length, 8),
    ],
)
def test_a_setting_changes_what_it_names(tiny, key, value, found, expected):
    assert (found(tiny, *opened(tiny, seeds(5), {key: value})) == expected).all()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("washington.cap_exports.cn.ceiling", [6000, 120_000]),
        ("washington.dials.cap_exports.swing.ceiling", [4800, 6000]),
        ("washington.cap_exports.every.ceiling", [6000, 6000]),
        ("washington.cap_exports.ceiling", [6000, 6000]),
    ],
)
def test_a_setting_moves_a_dial(tiny, key, expected):
    world, _ = opened(tiny, seeds(5), {key: 6000})
    layout = layout_of(tiny.cast)
    ceiling = layout.named(layout.values(world.ordered)).cap_exports.ceiling
    assert ceiling[0, :, 0].tolist() == expected


def test_a_setting_can_be_a_range(tiny):
    _, rules = opened(tiny, seeds(500), {"rules.diffusion": "0.2:0.4"})
    assert 0.2 <= rules.diffusion.min() < 0.22
    assert 0.38 < rules.diffusion.max() <= 0.4


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("rules.difusion", 0, "there is no coefficient 'difusion'; did you mean diffusion?"),
        ("rules", 0, "says too little of 'rules'; write something like"),
        ("rules.node_cost.led", 0, "knows no 'led'; write one of mature, advanced, leading, every"),
        ("rules.stance_drift.x", 0, "has 'x' too much; take it out"),
        ("open.premiun", 1, "opens with no 'premiun'; did you mean premium?"),
        ("open.premium", "much", "'much' is not a number; write one, or a range such as 0.2:0.4"),
        ("open.premium", "0.4:0.2", "write the smaller number as low"),
        ("open.premium", "1 furlong", "which is not share; write one of share, fraction, percent"),
        ("open.premium", "", "says nothing; write a number"),
        ("open.software", 2, "is 2; write 0 to 1"),
        ("open.money", 2, "belongs to somebody"),
        ("nvidia.open.skil", 1, "'nvidia' opens with no 'skil'; did you mean skill?"),
        ("nvdia.open.skill", 1, "there is no 'nvdia'; did you mean nvidia?"),
        ("h20.open.unsold", -1, "is -1, but it cannot be below 0; write 0 or more"),
        ("h20.open.node", "9", "is no node; write one of mature, advanced, leading"),
        (
            "washington.cap_exports.cn.celing",
            1,
            "no amount 'celing'; write one of ceiling, density",
        ),
        (
            "washington.cap_exports.uk.ceiling",
            1,
            "cap_exports knows no 'uk'; write one of cn, swing",
        ),
        (
            "washington.cap_exports.cn.ceiling",
            6050,
            "is 6050, between two steps of 100; write 6000",
        ),
        ("washington.cap_exports.cn.ceiling", "1:2", "is a range, but dials are not drawn"),
        ("beijing.cap_exports.cn.ceiling", 1, "'beijing' has no dial 'cap_exports'; write one of"),
        ("length", 0, "a game has from 1 to 100 turns"),
        ("length", 2.5, "a game has from 1 to 100 turns"),
        ("", 1, "there is no ''"),
        ("washington.open", 1, "says too little of 'washington'"),
    ],
)
def test_a_setting_that_means_nothing_gets_a_sentence(tiny, key, value, sentence):
    with pytest.raises(ScenarioError) as raised:
        opened(tiny, seeds(2), {key: value})
    assert str(raised.value).startswith(f"setting {key}={value}: ")
    assert sentence in str(raised.value)


def test_all_settings_that_mean_nothing_are_told_at_once(tiny):
    with pytest.raises(ScenarioError) as raised:
        opened(tiny, seeds(2), {"rules.x": 1, "length": 7, "open.x": 1})
    assert len(str(raised.value).splitlines()) == 2
