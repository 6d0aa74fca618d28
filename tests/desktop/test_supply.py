import numpy as np
import pygame
import pytest
from desktop_events import key
from tables import scenario, settled, table

from desktop.charts.sankey import placed
from desktop.screens.chains import drawn_of, read_chains
from desktop.screens.inputs import SURE, bound_words, maker_of
from desktop.screens.losses import stops_then
from desktop.screens.supply import SupplyScreen
from play.chain import INPUTS
from play.model import Chokepoint
from world.phases.packaging import DEMAND


@pytest.fixture(scope="module", params=[("washington", 2), ("huawei", 2), ("beijing", 3), ("tsmc", 0)])
def shown(request):
    seat, turns = request.param
    found = table(seat, turns)
    yield read_chains(found.sitting, is_over=False)
    found.close()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_comes_into_a_stage_of_the_chain_goes_out_of_it_or_is_scrap(shown, elsewhere, pen):
    for name, chain in shown.chains.items():
        whole = max(1.0, chain.span("taken").mean)
        per_die = 300 / whole
        sankey = drawn_of(shown, name, chain, per_die, elsewhere, pen).sankey
        for node in sankey.nodes:
            into = sum(link.value for link in sankey.links if link.target == node.name)
            out = sum(link.value for link in sankey.links if link.source == node.name) + node.scrap
            thin = 4 * 1.5 / per_die  # side flows thinner than a pixel and a half are left out
            if node.column > 0:
                assert into == pytest.approx(node.value, rel=1e-6, abs=thin)
            if node.column < 4 and node.name not in ("store", "held"):
                assert out == pytest.approx(node.value, rel=1e-6, abs=thin)


def test_dies_are_kept_in_every_world(shown):
    for chain in shown.chains.values():
        found = chain.values
        assert np.allclose(found["out"] + found["proxy"] + found["drawn"], found["taken"])
        assert np.allclose(found["bad"] + found["lost"] + found["used"], found["taken"])


def test_the_binding_input_is_the_one_that_would_have_allowed_fewest_chips(shown):
    """In true worlds that holds in each (tests/play/test_chain.py); what a seat imagines of the other inputs may say otherwise."""
    for chain in shown.chains.values():
        told = chain.quarter.after.binding[chain.maker]
        if (told == 0).all():
            continue
        first = next(iter(chain.bound))
        medians = {name: float(np.median(values)) for name, values in chain.agreed_limits.items()}
        assert chain.bound[first] < 0.6 or min(medians, key=medians.get) == first
        if np.ptp(told) == 0:
            assert (chain.held_by == told).all()
            assert min(medians, key=medians.get) == first == INPUTS[int(told[0])]


def sold_out(maker, seeds=range(1, 41), turns=12):
    """The quarters and seeds of games in which a maker had room, dies and memory for more than was ordered."""
    model = Chokepoint(scenario(), seeds=seeds)
    row = model.cast.at("chipmakers", maker)
    for turn in range(1, turns):
        model.step()
        yield from ((turn, seeds[game]) for game in np.flatnonzero(model.world.binding[row] == DEMAND))


def fewest_orders(seat, maker):
    """What a foundry sees of a quarter in which orders were fewest in every world, though not all imagined worlds had found so."""
    for turns, seed in sold_out(maker):
        found = table(seat, turns, seed=seed)
        shown = read_chains(found.sitting, is_over=False)
        found.close()
        chain = shown.chains["own"]
        others = np.min([values for name, values in chain.limits.items() if name != "demand"], axis=0)
        if np.ptp(chain.quarter.after.binding[chain.maker]) > 0 and (chain.limits["demand"] < others).all():
            return shown
    raise AssertionError(f"in none of these games did {seat} see that orders of {maker} were fewest")


def test_a_foundry_that_sees_room_and_orders_is_not_told_that_more_was_held_back(pen):
    shown = fewest_orders("tsmc", "nvidia")
    chain = shown.chains["own"]
    assert chain.bound["demand"] == 1
    who = shown.called(maker_of(shown, chain))
    assert bound_words(shown, chain, pen) == pen.words("supply.bound.demand", who=who, likely="")


def test_no_foundrys_yield_makes_fewer_chips_than_there_were(shown):
    then = shown.chains["champion"].at_yield_of(shown.best)
    assert (then["chips"] >= then["made"]).all()
    assert (then["by_dies"] >= then["made"] - 1e-6).all()


def test_a_firm_knows_its_own_chips_exactly_and_others_estimate_them():
    spans = {}
    for seat in ("huawei", "washington"):
        found = table(seat)
        chain = read_chains(found.sitting, is_over=False).chains["champion"]
        spans[seat] = chain.span("chips")
        true = found.model.world.packed[chain.mine].sum()
        if seat == "huawei":
            assert spans[seat].mean == true
        found.close()
    assert spans["huawei"].is_exact
    assert not spans["washington"].is_exact


def test_y_shows_the_same_quarter_at_another_yield_and_goes_back(pen):
    found, surface = table("washington"), pygame.Surface((1600, 900))
    screen = SupplyScreen(found)
    settled(screen, found, surface, pen)
    before = screen.finding(screen.shown, pen)
    screen.handle(key(pygame.K_y), pen)
    settled(screen, found, surface, pen)
    assert "TSMC" in screen.finding(screen.shown, pen)
    screen.handle(key(pygame.K_y), pen)
    assert screen.finding(screen.shown, pen) == before
    found.close()


def words_of(surface, screen, found, pen):
    """Every text of the chains with its box, drawn anew."""
    told = []
    pen.type.witness = lambda text, size, box, most: told.append((text, pygame.Rect(box)))
    screen.paint_chains(surface, screen.shown, pen)
    pen.type.witness = None
    return told


@pytest.mark.parametrize(("seat", "turns"), [("washington", 4), ("huawei", 2), ("beijing", 0)])
@pytest.mark.parametrize("size", [(1600, 900, 1.0), (1280, 720, 1.0), (1600, 900, 1.5)])
def test_no_words_of_the_chains_lie_over_others(seat, turns, size, pen_for):
    pen, found = pen_for(*size), table(seat, turns)
    surface = pygame.Surface(size[:2])
    screen = SupplyScreen(found)
    settled(screen, found, surface, pen)
    for choice in range(len(screen.options())):
        for screen.other_yield in (False, True):
            screen.choice = choice
            told = words_of(surface, screen, found, pen)
            for n, (text, box) in enumerate(told):
                low = box.inflate(0, -box.height // 4)
                over = [
                    other for other, where in told[n + 1 :] if low.colliderect(where.inflate(0, -where.height // 4))
                ]
                assert not over, f"{text} lies over {over}"
                assert box.left >= 0
                assert box.right <= pen.scale.side_panel(470).left
    found.close()


@pytest.mark.parametrize(("seat", "turns"), [("washington", 4), ("huawei", 10), ("deepseek", 1)])
def test_the_headline_names_the_input_that_the_panel_puts_first(seat, turns, pen):
    found = table(seat, turns)
    screen = SupplyScreen(found)
    settled(screen, found, pygame.Surface((1600, 900)), pen)
    chain = screen.told(screen.shown)[1]
    block = screen.blocks(screen.shown, pen)["limits"]
    first = next(iter(chain.bound))
    assert screen.finding(screen.shown, pen).startswith(block.finding)
    assert block.rows[0].label == pen.words(f"supply.input.{first}")
    assert ("likely" in block.finding) == (chain.bound[first] < SURE)
    found.close()


def test_what_would_stop_a_maker_at_another_yield_is_its_least_limit(shown):
    chain = shown.chains["champion"]
    plenty = np.full(chain.quarter.after.seed.size, 1e12)
    assert stops_then(chain, plenty) != "dies"
    assert stops_then(chain, plenty * 0) == "dies"


def test_what_goes_straight_on_is_drawn_straight(shown, pen):
    for name, chain in shown.chains.items():
        drawn = drawn_of(shown, name, chain, 300 / max(1.0, chain.span("taken").mean), False, pen)
        boxes = placed(drawn.sankey, pygame.Rect(0, 0, 1000, 600)).nodes
        assert boxes["good"].top == boxes["packages"].top == boxes["chips"].top
