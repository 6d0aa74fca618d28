import numpy as np
from hidden import scrambled

from play.model import Chokepoint
from play.origins import columns_of, filled, givens_of, rows_of, seen_exactly
from play.quantities import outcome_quantities, quantity
from play.record import EVERYTHING
from world.view import view


def stepped(scenario):
    model = Chokepoint(scenario, seeds=3, keep=EVERYTHING)
    model.step()
    return model.world


def test_what_a_seat_sees_exactly_is_the_truth_whatever_is_hidden(scenario):
    world = stepped(scenario)
    for seat in ("washington", "huawei", "beijing", "tsmc"):
        number = world.cast.at("seats", seat)
        seen = filled(view(scrambled(world, number), number))
        known = {}
        for name, asked in outcome_quantities(world.cast).items():
            value = seen_exactly(seen, asked)
            if value is not None:
                known[name] = value
                assert np.isclose(value, float(asked.of(world)[0]), atol=0.01), (seat, name)  # prices are in hundredths
        assert "lead" in known
        assert ("huawei_chips" in known) == (seat in ("huawei", "beijing"))


def test_a_figure_names_the_columns_and_the_sourced_numbers_it_rests_on(scenario):
    world = stepped(scenario)
    assert columns_of(world, quantity(world.cast, "made_cn")) == ("packed", "h100e")
    given = givens_of(scenario, ("capacity",), "capacity.smic.advanced")
    assert given[0].label == "capacity.smic.advanced"
    assert given[0].fact.id == "FAB-001"
    assert any(one.label == "wafer_capex" for one in given)


def test_a_figure_of_one_maker_rests_on_that_maker_alone(scenario):
    world = stepped(scenario)
    asked = quantity(world.cast, "huawei_chips")
    names = columns_of(world, asked)
    given = givens_of(scenario, names, "huawei_chips", rows_of(world, asked, names))
    labels = [one.label for one in given]
    assert any(label.startswith("packed.ascend") for label in labels)
    assert any(label.startswith("defect_density.smic") for label in labels)
    assert not [label for label in labels if "hopper" in label or "nvidia" in label or "tsmc" in label]


def test_a_figure_follows_the_rows_whose_change_changes_it(scenario):
    world = stepped(scenario)
    asked = quantity(world.cast, "made_cn")
    rows = rows_of(world, asked, ("packed", "h100e"))
    assert (rows["packed"] <= world.cast.is_cn_product).all()
    assert rows["packed"].any()
