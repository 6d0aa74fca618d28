"""The debrief tells a finished game: its parts add up, its page is whole by itself, and nothing unfinished is told."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

import main
from play.debrief import Unfinished, wording
from play.debrief.beliefs import Belief, closest_source, crps, off_by, scored
from play.debrief.fate import at_middle
from play.debrief.orders import effects
from play.debrief.otherwise import otherwise, wishes_of
from play.debrief.page import charts, link, page
from play.debrief.told import debriefed, known_by, seat_of
from play.dials import book_of
from play.keep import resumed, saved
from play.model import Chokepoint
from play.outcomes import by_game, quarterly
from play.past import past_of
from play.quantities import quantity
from play.record import EVERYTHING
from play.save import write_save
from play.turning import effects_held
from world.phases.intelligence import QUESTIONS, truth
from world.phases.standing import OBJECTIVES
from world.rules import coefficients
from world.scenario import opened, read


@pytest.fixture(scope="module")
def html(told):
    return page(told)


class Page(HTMLParser):
    """The tags of a page, and which of them hold what."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.svgs = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "svg":
            self.svgs.append((dict(attrs), []))
        elif self.svgs and tag in ("title", "desc"):
            self.svgs[-1][1].append((tag, dict(attrs).get("id")))


# What is told


def test_every_die_that_came_in_went_out_again(told):
    for chain in told.chains:
        assert chain.out + chain.stock_before + chain.proxy == chain.taken + chain.stock_after
        assert chain.started + chain.in_fab_before == chain.out + chain.in_fab_after
        assert min(chain.bad, chain.lost, chain.used, chain.stock_after, chain.in_fab_after) >= 0


def test_the_champion_is_a_part_of_all_chinese_makers(told):
    champion, everyone = told.chains
    for name in ("started", "out", "bad", "used", "chips", "wafers"):
        assert 0 < getattr(champion, name) <= getattr(everyone, name)


def test_flows_and_chips_are_those_of_the_outcomes(told, few, game):
    model = resumed(game)
    sums = {
        name: float(values[0]) for name, values in by_game(model.record, game.story, quarterly(model.record)).items()
    }
    channels = {one.name: one for one in told.channels}
    assert channels["licensed"].sum == pytest.approx(sums["licensed_h100e"])
    assert channels["smuggled"].sum == pytest.approx(sums["smuggled_h100e"])
    assert channels["rented"].sum == pytest.approx(sums["rented"], rel=1e-4)
    assert told.chains[0].chips == sums["huawei_chips"]
    assert told.chains[1].h100e == pytest.approx(sums["made_cn"], rel=1e-5)


def test_the_lead_is_the_gap_that_is_drawn(told, game):
    race = told.race
    assert race.lead[-1] == pytest.approx(float(game.world.lead[0]))
    assert race.end - race.reached == pytest.approx(race.months, abs=1e-3)


def test_best_models_only_get_better_and_end_at_the_record(told, game):
    for row, best in enumerate(told.race.best.values()):
        scores = [one.score for one in best]
        assert scores == sorted(set(scores))
        assert scores[-1] == pytest.approx(float(game.world.record_score[row, 0, 0]))


def test_every_order_that_stood_is_told_once(told, game):
    numbers = [order.number for one in told.seats for course in one.courses for order in course.orders]
    assert sorted(numbers) == list(range(len(past_of(game).given)))


def test_the_seat_comes_first_then_those_that_are_recommended(told, game):
    assert told.foremost == ("beijing", *(name for name in game.cast.recommended if name != "beijing"))
    assert told.seats[0].seat == "beijing"


def test_an_order_that_is_not_left_out_has_no_effect(game):
    found = effects(past_of(game), [frozenset()])
    assert found["lead"] == found["compute_cn"] == 0
    assert not found["own"].any()


def test_a_setting_given_once_does_what_its_order_does(told):
    single = [course for one in told.seats for course in one.courses if len(course.orders) == 1]
    assert single
    assert all(course.effect == course.orders[0].effect for course in single)


def test_turning_points_are_those_of_the_command(told, game):
    past = past_of(game)
    ranked = effects_held(past, quantity(game.cast, "lead"), [one.order for _, one in told.turning])
    assert ranked
    for order, one in told.turning:
        assert one.held == pytest.approx(ranked[one.order], abs=1e-5) == pytest.approx(order.effect.lead, abs=1e-5)
        assert one.low <= one.anew <= one.high
    sizes = [abs(one.held) for _, one in told.turning]
    assert sizes == sorted(sizes, reverse=True)


def test_the_score_stands_beside_par_in_words(told, game, html):
    judged = told.seat.judged
    assert told.seat.points == pytest.approx(float(game.world.objective[game.cast.at("seats", "beijing"), 0]))
    assert judged.percentile is not None
    assert 0 <= judged.percentile <= 100
    assert all(line in html for line in judged.lines)


def test_the_points_of_the_objectives_add_up_to_the_score(told):
    seat, objectives = told.seat, told.seat.objectives
    assert sum(one.points for one in objectives) == pytest.approx(seat.points, abs=0.02)
    assert sum(one.standard for one in objectives) == pytest.approx(seat.points - seat.judged.difference, abs=0.02)
    assert sum(one.most for one in objectives) == pytest.approx(100)


def test_every_objective_of_every_kind_of_seat_has_a_title():
    named = {f"{role}.{name}" for role, names in OBJECTIVES.items() for name in names}
    assert set(wording.words().under("objectives.title")) == set(wording.words().under("objectives.about")) == named


def test_a_number_at_its_middle_changes_that_number_alone(told, game):
    scenario, seeds = read(game.story.name), game.opening.seed
    drew = next(one for one in told.sources.drawn if one.label.startswith("rules."))
    _, was = opened(scenario, seeds)
    _, now = opened(at_middle(scenario, drew.label), seeds)
    changed = [name for name in coefficients() if (getattr(was, name) != getattr(now, name)).any()]
    assert [f"rules.{name}" for name in changed] == [drew.label]
    assert float(getattr(now, changed[0])[0]) == pytest.approx((drew.low + drew.high) / 2)


def test_every_hidden_number_is_told_and_named_in_words(told):
    assert {one.drew.label for one in told.fate.truths} == {one.label for one in told.sources.drawn}
    sizes = [abs(one.own) for one in told.fate.truths]
    assert sizes == sorted(sizes, reverse=True)
    assert any(sizes)
    assert all("_" not in one.title and "{" not in one.title for one in told.fate.truths)


def test_own_orders_do_to_the_score_what_leaving_them_out_does(told, game):
    courses = {c.title: c.effect.own for one in told.seats if one.seat == "beijing" for c in one.courses}
    rows = [row for row in told.otherwise if row.seat == "beijing" and row.changes]
    assert rows
    for row in rows:
        assert row.own.held == pytest.approx(-courses[row.short], abs=1e-5)
        assert row.own.turned.held == -row.own.held
        assert row.own.turned.low == -row.own.high


def test_a_game_without_orders_ends_as_the_effects_say(told, game):
    effect = {one.seat: one.effect for one in told.seats}
    for row in told.otherwise:
        if row.title.startswith("No orders from"):
            assert row.lead.held == pytest.approx(-effect[row.seat].lead, abs=1e-6)
        assert row.lead.low <= row.lead.lower <= row.lead.median <= row.lead.upper <= row.lead.high


def test_other_luck_is_the_same_other_luck_again(told, game):
    wishes = wishes_of(told.seats, "beijing", told.foremost)[:1]
    again = otherwise(past_of(game), wishes, told.quarters, "beijing", told.lucks)
    assert again[0] in told.otherwise


def test_truth_and_beliefs_are_those_of_the_game(told, game):
    world, asked = game.world, told.disputed[0]
    row, seat = game.cast.questions.index(asked.name), game.cast.at("seats", "beijing")
    about = QUESTIONS[asked.name]
    assert asked.truth[-1] == about.told(float(truth(world)[row, 0]))
    belief = asked.believed["beijing"][-1]
    assert belief.ln == pytest.approx(world.belief[row, seat, 0] / 1000)
    assert belief.low < belief.middle < belief.high


def test_what_everybody_can_read_is_not_a_forecast(told, game):
    assert {asked.name for asked in told.disputed} == set(game.cast.questions) - {"lead"}


def test_a_seat_knows_what_stands_in_its_own_books_and_nothing_else(game):
    assert "memory_left" in known_by(game, "huawei")
    assert "memory_left" not in known_by(game, "washington")


def test_figures_are_judged_where_there_was_something_to_tell():
    assert off_by([200.0, 50.0], [100.0, 100.0]) == pytest.approx(1)
    assert off_by([200.0, 900.0], [100.0, 0.1]) == pytest.approx(2)
    assert off_by([5.0], [0.0]) == 1


def test_the_closest_source_is_no_further_off_than_any_other(told):
    for asked in told.disputed:
        best = closest_source(asked)
        assert best is not None
        others = [off_by(values, asked.truth[1:]) for values in asked.said.values()]
        assert abs(np.log(best[1])) == pytest.approx(min(abs(np.log(other)) for other in others))


def test_a_sure_and_right_belief_scores_better_than_a_vague_or_a_wrong_one():
    assert crps(0.0, 0.1, 0.0) < crps(0.0, 1.0, 0.0) < crps(3.0, 0.1, 0.0)


def test_the_score_of_a_forecast_is_its_mean_distance_less_half_its_spread():
    draws = np.random.default_rng(1).normal(0.3, 0.5, 20_000)
    expected = np.abs(draws - 1.0).mean() - np.abs(draws - draws[::-1]).mean() / 2
    assert crps(0.3, 0.5, 1.0) == pytest.approx(expected, abs=0.01)


def test_beliefs_that_follow_the_truth_gain_on_the_opening_belief():
    opening, then = Belief(1, 0, 2, 0.0, 0.7), Belief(1, 0, 2, 2.0, 0.2)
    score = scored([opening, then, then], [2.0, 2.0, 2.1])
    assert (score.within_half, score.within_nine_tenths) == (2, 2)
    assert 0 < score.gain < 1
    assert score.log_score > score.log_score_fixed


def test_every_drawn_number_lies_in_its_range_and_has_a_source(told):
    assert told.sources.drawn
    assert not told.sources.caveat
    assert all(0 <= one.share <= 1 for one in told.sources.drawn)
    assert all(one.source or one.fact for one in (*told.sources.drawn, *told.sources.given))


def test_every_fact_that_a_number_cites_is_listed(told):
    listed = {fact.id for fact in told.sources.facts}
    assert {one.fact for one in (*told.sources.drawn, *told.sources.given) if one.fact} <= listed


def test_settings_are_told_as_the_orders_screen_says_them(game):
    dials = {dial.label: dial for dial in book_of(game.cast).dials}
    wanted = {
        "deepseek.split_work.train": (6, "30 %"),
        "deepseek.size_run.size": (33, "2.0 × 10²⁷ FLOP"),
        "huawei.design_chip.node": (1, "advanced"),
        "washington.cap_exports.cn.ceiling": (1200, "any"),
        "beijing.fund_fabs.spend": (32, "$8bn a quarter"),
    }
    for label, (step, text) in wanted.items():
        assert wording.setting(dials[label], step).replace("\u00a0", " ") == text
    assert wording.order_title("split_work", (), str) == "How compute is used"


def test_without_a_name_the_debrief_speaks_to_the_person_who_played(game):
    assert seat_of(game) == game.cast.recommended[0]
    last = replace(game.quarters[-1], players={**game.quarters[-1].players, "huawei": "human"})
    assert seat_of(replace(game, quarters=(*game.quarters[:-1], last))) == "huawei"


def test_an_unfinished_game_is_not_told(game):
    with pytest.raises(Unfinished, match="is unfinished after quarter 7 of 12"):
        debriefed(replace(game, quarters=game.quarters[:7]))


# The page


def test_every_picture_has_a_title_and_a_description(html):
    found = Page(html)
    assert len(found.svgs) > 20
    for attributes, held in found.svgs:
        assert [tag for tag, _ in held[:2]] == ["title", "desc"]
        assert attributes["aria-labelledby"] == " ".join(ident for _, ident in held[:2])
        assert attributes["role"] == "img"


def test_every_chart_has_its_numbers_as_a_table(html):
    for figure in re.findall(r"<figure.*?</figure>", html, re.DOTALL):
        assert "<table>" in figure
        assert "<caption>" in figure


def test_no_name_stands_twice_and_every_link_within_the_page_leads_somewhere(html):
    tags = Page(html).tags
    names = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(names) == len(set(names))
    inside = {attributes["href"][1:] for tag, attributes in tags if tag == "a" and attributes["href"].startswith("#")}
    assert inside <= set(names)
    assert set(re.findall(r"url\(#([\w-]+)\)", html)) <= set(names)


def test_the_page_asks_for_nothing_and_only_sources_lead_elsewhere(html):
    tags = Page(html).tags
    assert not {tag for tag, _ in tags} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "image",
    }
    assert not [
        a for _, attributes in tags for a in attributes if a.startswith("on") or a in ("src", "srcset", "style")
    ]
    leading = [(tag, attributes) for tag, attributes in tags if attributes.get("href", "#")[0] != "#"]
    assert all(tag == "a" and attributes["rel"] == "noopener noreferrer" for tag, attributes in leading)
    assert "@import" not in html
    assert re.findall(r"url\((?!#)", html) == []
    assert "default-src 'none'" in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//elsewhere", "", "ftp://x"])
def test_only_addresses_of_the_web_are_links(address):
    assert link(address) == ""


def test_the_page_is_light(html):
    assert len(html.encode("utf-8")) < 1_500_000


def test_hostile_names_are_only_words(told, game):
    bad = '"><script>alert(1)</script>'
    titles = {name: f"{bad}{name}" for name in game.story.titles}
    story = replace(game.story, title=bad, titles=titles)
    seats = tuple(replace(seat, title=bad) for seat in game.cast.seats)
    hostile = replace(
        told,
        story=story,
        titles={seat.name: seat.title for seat in seats},
        seat=replace(told.seat, title=bad, about=bad),
        seats=tuple(replace(one, title=bad, doctrine=bad) for one in told.seats),
        chains=tuple(replace(chain, title=bad) for chain in told.chains),
        otherwise=tuple(replace(row, title=bad, had=bad, called=bad) for row in told.otherwise),
    )
    text = page(hostile)
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_numbers_in_tables_stand_under_a_unit_or_bear_one(told):
    for one in charts(told).values():
        said = " ".join((one.unit, one.table.caption, *one.table.head))
        assert re.search(r"ECI|months|H100e|dies|CRPS|points", said), one.ident


def test_the_page_is_the_same_again(told, html):
    assert page(told) == html


# The command


def test_the_command_writes_the_page_of_a_small_scenario_too(tmp_path, capsys):
    model = Chokepoint("tutorial", seeds=5, keep=EVERYTHING)
    while model.running:
        model.step()
    save, out = tmp_path / "game.json.gz", tmp_path / "debrief.html"
    write_save(save, saved(model))
    assert main.main(["debrief", str(save), "--out", str(out), "--seat", "huawei"]) == 0
    assert str(out) in capsys.readouterr().out
    text = out.read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert "of 100 points for Huawei" in text


@pytest.mark.parametrize(
    ("turns", "words", "said"),
    [
        (5, [], "is unfinished after quarter 5 of 12"),
        (12, ["--seat", "atlantis"], "--seat atlantis: there is no such seat"),
        (12, ["--out", "nowhere/at/all.html"], "there is no folder"),
    ],
)
def test_what_cannot_be_told_is_refused_in_a_sentence(game, tmp_path, capsys, monkeypatch, turns, words, said):
    monkeypatch.chdir(tmp_path)
    write_save(tmp_path / "game.json.gz", replace(game, quarters=game.quarters[:turns]))
    assert main.main(["debrief", "game.json.gz", "--out", "debrief.html", *words]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["game.json.gz"]
