import numpy as np
import pygame
import pytest
from desktop_events import key
from tables import settled, table

from desktop.screens.chains import drawn_of, read_chains
from desktop.screens.supply import SupplyScreen
from play.chain import INPUTS


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
    for chain in shown.chains.values():
        told = chain.quarter.after.binding[chain.maker]
        if (told == 0).all() or not np.isin(told, least_of(chain)).any():
            continue
        first = next(iter(chain.bound))
        medians = {name: float(np.median(values)) for name, values in chain.agreed_limits.items()}
        assert chain.bound[first] < 0.6 or min(medians, key=medians.get) == first
        assert (least_of(chain) == told).mean() > (0.3 if np.ptp(told) == 0 else 0.97)


def least_of(chain):
    return np.stack([chain.limits[name] for name in INPUTS.values()]).argmin(axis=0) + 1


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
