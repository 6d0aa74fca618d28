"""Rules: the coefficients of the model, declared once and shaped (worlds,), so that a sweep is a batch."""

from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any

import numpy as np
from jaxtyping import Float, Int

Array = np.ndarray


def coefficient(unit: str, doc: str, axis: str = "", above_zero: bool = False) -> Any:
    """Declare a coefficient; its value, range and source stand in the scenario file.

    What a rule divides by or takes the logarithm of must be `above_zero`.
    """
    return field(metadata={"unit": unit, "doc": doc, "axis": axis, "above_zero": above_zero})


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Every coefficient, one value a world; those with a range in the scenario are drawn for each game."""

    # fmt: off
    # politics
    stance_drift: Float[Array, " worlds"] = coefficient("share/quarter", "how fast the stance follows the position held")
    position_weight: Float[Array, " worlds"] = coefficient("logit", "how far the policy in force pulls the stance towards itself")
    lobby_effect: Float[Array, " worlds"] = coefficient("logit", "what a doubling or so of lobbying moves the stance (each side)")
    lobby_unit: Float[Array, " worlds"] = coefficient("million USD/quarter", "lobbying at which its effect begins to count", above_zero=True)
    seizure_news: Float[Array, " worlds"] = coefficient("logit", "how far a public seizure moves the stance towards control")
    seizure_unit: Float[Array, " worlds"] = coefficient("chips", "seizures that count as one piece of news", above_zero=True)
    release_news: Float[Array, " worlds"] = coefficient("logit", "how far a Chinese model close to the frontier moves the stance towards control")
    close_lead: Float[Array, " worlds"] = coefficient("months", "lead below which a Chinese release is news")
    chokehold_news: Float[Array, " worlds"] = coefficient("logit", "how far withheld rare earths move the stance towards a deal")
    evidence_weight: Float[Array, " worlds"] = coefficient("logit", "how far a belief in large Chinese output moves the stance towards selling")
    expected_output: Float[Array, " worlds"] = coefficient("ln", "output (chips a year, as a logarithm) that moves nobody")
    stance_noise: Float[Array, " worlds"] = coefficient("logit", "news of other kinds, standard deviation")
    open_ceiling: Float[Array, " worlds"] = coefficient("TPP", "ceiling that counts as no control", above_zero=True)
    open_volume: Float[Array, " worlds"] = coefficient("chips/quarter", "licensed volume that counts as no control", above_zero=True)
    comfortable_lead: Float[Array, " worlds"] = coefficient("months", "lead at which neither side gains or loses approval", above_zero=True)
    approval_drift: Float[Array, " worlds"] = coefficient("share/quarter", "how fast approval follows events")
    capital_income: Float[Array, " worlds"] = coefficient("points/quarter", "political capital renewed in a quarter at full approval, less a third")
    capital_limit: Float[Array, " worlds"] = coefficient("points", "most political capital a government can hold")
    # design
    design_quarters: Float[Array, " worlds"] = coefficient("quarters", "from the start of a design project to the first chips")
    export_quarters: Float[Array, " worlds"] = coefficient("quarters", "the same for a version for export")
    skill_growth: Float[Array, " worlds"] = coefficient("ln/quarter", "growth of performance density that engineers reach at the same node")
    multi_die_loss: Float[Array, " worlds"] = coefficient("share", "performance lost for each further die in a package")
    export_margin: Float[Array, " worlds"] = coefficient("share", "of the target at which an export design lands")
    node_density: Float[Array, "nodes worlds"] = coefficient("ratio", "performance density on a node, advanced = 1", axis="nodes")
    node_power: Float[Array, "nodes worlds"] = coefficient("ratio", "power for the same work on a node, advanced = 1", axis="nodes")
    tpp_per_stack: Float[Array, " worlds"] = coefficient("TPP/stack", "performance that one memory stack feeds", above_zero=True)
    tpp_per_stack_cn: Float[Array, " worlds"] = coefficient("TPP/stack", "the same for the memory Chinese makers have", above_zero=True)
    tpp_per_h100e: Float[Array, " worlds"] = coefficient("TPP", "performance of one H100", above_zero=True)
    # allocation
    ramp_quarters: Float[Array, " worlds"] = coefficient("quarters", "from a design's launch until it is all the maker builds", above_zero=True)
    fallback: Float[Array, " worlds"] = coefficient("share", "of its packages that a maker makes of a new design that is weaker than an older one")
    one_die_line: Float[Array, " worlds"] = coefficient("ratio", "packaging line that a package of one die takes, of what one of two dies takes")
    gate_opened: Float[Array, " worlds"] = coefficient("share", "opening of the gate at which makers plan fully for export")
    least_run: Float[Array, " worlds"] = coefficient("share", "of a maker's packaging it uses even when it sells little")
    fastest_growth: Float[Array, " worlds"] = coefficient("ratio", "most by which a maker raises a quarter's output when demand is there")
    stock_limit: Float[Array, " worlds"] = coefficient("quarters", "of output a maker keeps unsold before it slows down")
    directive: Float[Array, " worlds"] = coefficient("share", "how far the state's directives on wafers and data centres are obeyed")
    phone_share: Float[Array, " worlds"] = coefficient("share", "of phone makers' demand for advanced wafers that comes in")
    phone_weight: Float[Array, " worlds"] = coefficient("weight", "how phone makers count against other customers of a foundry")
    phone_leading: Float[Array, " worlds"] = coefficient("share", "of allied leading capacity that phone and other makers ask for")
    wafer_elasticity: Float[Array, " worlds"] = coefficient("ln/ln", "fall of orders for wafers with the foundry's mark-up")
    foresight: Float[Array, " worlds"] = coefficient("ratio", "packages for which a maker orders wafers, of what it builds now")
    # fabrication
    wafer_cost: Float[Array, " worlds"] = coefficient("thousand USD/wafer", "cost of a wafer on the advanced node")
    node_cost: Float[Array, "nodes worlds"] = coefficient("ratio", "cost of a wafer or of capacity on a node, advanced = 1", axis="nodes")
    wafer_premium_cn: Float[Array, " worlds"] = coefficient("share", "what Chinese advanced wafers cost more")
    foundry_cost_share: Float[Array, " worlds"] = coefficient("share", "of a foundry's sales that goes into making them")
    wafer_capex: Float[Array, " worlds"] = coefficient("thousand USD/wafer a quarter", "price of capacity for one advanced wafer a quarter", above_zero=True)
    capex_limit: Float[Array, " worlds"] = coefficient("share", "of its cash that a firm puts into expansion in a quarter")
    leading_without_euv: Float[Array, " worlds"] = coefficient("ratio", "leading-node capacity that a dollar buys without EUV, of what it buys with it")
    greenfield: Float[Array, " worlds"] = coefficient("share", "of expansions that need a new building and take two years")
    pack_growth: Float[Array, " worlds"] = coefficient("share/quarter", "packaging lines that a foundry adds where packaging binds")
    pack_slack_growth: Float[Array, " worlds"] = coefficient("ratio", "the same where it does not bind")
    pack_growth_cn: Float[Array, " worlds"] = coefficient("packages/quarter", "packaging lines that Chinese foundries add in a quarter")
    pack_per_million: Float[Array, " worlds"] = coefficient("packages/quarter", "packaging lines that a million dollars of grants adds")
    tool_denial: Float[Array, " worlds"] = coefficient("ratio", "effect of tool controls (1: as modelled)")
    euv_needs: Float[Array, " worlds"] = coefficient("share", "alignment of partners at which EUV is fully denied")
    service_wear: Float[Array, " worlds"] = coefficient("share/quarter", "of tools lost where service is denied")
    tool_repair: Float[Array, " worlds"] = coefficient("share/quarter", "of worn tools brought back where service is there")
    fund_effect: Float[Array, " worlds"] = coefficient("ratio", "capacity bought by a state dollar, of what a firm's dollar buys")
    programme_effect: Float[Array, " worlds"] = coefficient("share", "of denied tools replaced by a billion dollars")
    learning_slope: Float[Array, " worlds"] = coefficient("ln/ln", "fall of defect density with cumulative wafers (0.32 is 20 % a doubling)")
    yield_learning: Float[Array, " worlds"] = coefficient("ratio", "extra learning from wafers given to experiments")
    spillover: Float[Array, " worlds"] = coefficient("share", "of others' wafers that a fab learns from")
    push_effect: Float[Array, " worlds"] = coefficient("share", "of a leading node's excess defects removed in a quarter by a doubling or so of spending on it")
    first_wafers: Float[Array, " worlds"] = coefficient("wafers", "made on a node before volume starts")
    floor_euv: Float[Array, " worlds"] = coefficient("defects/cm2", "defect density that learning cannot pass with EUV")
    floor_duv: Float[Array, " worlds"] = coefficient("defects/cm2", "the same with immersion tools and foreign service")
    floor_unserviced: Float[Array, " worlds"] = coefficient("defects/cm2", "the same with service denied")
    wear_defects: Float[Array, " worlds"] = coefficient("ratio", "growth of defect density with worn tools")
    defect_noise: Float[Array, " worlds"] = coefficient("share", "quarter-to-quarter scatter of defect density")
    pass_penalty: Float[Array, " worlds"] = coefficient("ratio", "defects added on a leading node made without EUV, of the density itself")
    critical_area: Float[Array, " worlds"] = coefficient("share", "of a die where a defect kills it, with spare cores")
    critical_area_cn: Float[Array, " worlds"] = coefficient("share", "the same for Chinese designs")
    clustering: Float[Array, " worlds"] = coefficient("alpha", "how defects cluster (negative binomial)", above_zero=True)
    stack_capex: Float[Array, " worlds"] = coefficient("thousand USD/stack a quarter", "price of capacity for one memory stack a quarter", above_zero=True)
    memory_tool_weight: Float[Array, " worlds"] = coefficient("share", "of memory expansion that denied immersion tools stop")
    rush: Float[Array, " worlds"] = coefficient("ratio", "memory sold in weeks of grace over an ordinary quarter")
    memory_to_others: Float[Array, " worlds"] = coefficient("share", "of home memory that goes to makers other than the state's champion")
    stack_price: Float[Array, " worlds"] = coefficient("thousand USD/stack", "price of a memory stack before mark-up")
    memory_elasticity: Float[Array, " worlds"] = coefficient("ratio", "fall of orders for memory with its mark-up")
    # packaging
    pair_yield: Float[Array, " worlds"] = coefficient("share", "of pairs of good dies that assembly in China joins well")
    pair_yield_us: Float[Array, " worlds"] = coefficient("share", "the same at allied foundries")
    blind_penalty: Float[Array, " worlds"] = coefficient("ratio", "how the yield of dies enters blind assembly (1: to the power of the dies; 0: not at all)")
    test_price: Float[Array, " worlds"] = coefficient("thousand USD/die", "price of testing a die before it is paired")
    final_yield: Float[Array, " worlds"] = coefficient("share", "of packages that pass after memory is mounted", above_zero=True)
    # sales
    generation: Float[Array, " worlds"] = coefficient("ratio", "performance of a generation over the one before", above_zero=True)
    spend_limit: Float[Array, " worlds"] = coefficient("ratio", "of its quarterly income that an owner can spend on compute in a quarter, with savings")
    substitution: Float[Array, " worlds"] = coefficient("share", "of money that one channel could not take that goes to the next")
    smuggled_first: Float[Array, " worlds"] = coefficient("share", "of money left over that looks to the black market before clouds abroad")
    third_country_switch: Float[Array, " worlds"] = coefficient("share", "of money that rules deny third countries that turns to Chinese chips")
    price_elasticity: Float[Array, " worlds"] = coefficient("ln/ln", "rise of price with orders over supply")
    price_drift: Float[Array, " worlds"] = coefficient("share/quarter", "how fast prices follow")
    foreign_taste: Float[Array, " worlds"] = coefficient("share", "of Chinese owners' money that would go abroad if it could")
    # diversion
    smuggling: Float[Array, " worlds"] = coefficient("ratio", "capacity of smuggling networks (1: as drawn)")
    risk_base: Float[Array, " worlds"] = coefficient("risk", "detection with nobody looking")
    risk_officer: Float[Array, " worlds"] = coefficient("risk", "added by one officer")
    officer_cost: Float[Array, " worlds"] = coefficient("thousand USD/officer", "pay and means of an enforcement officer in a quarter")
    risk_tracking: Float[Array, " worlds"] = coefficient("risk", "added by chips that tell where they are")
    risk_transit: Float[Array, " worlds"] = coefficient("risk", "added by full inspection in transit")
    risk_diligence: Float[Array, " worlds"] = coefficient("risk", "added by chipmakers who check their customers")
    risk_tolerance: Float[Array, " worlds"] = coefficient("risk", "taken away by a border that looks away")
    risk_scale: Float[Array, " worlds"] = coefficient("ratio", "detection over its central estimate (p of 2 to 25 %)")
    flow_scale: Float[Array, " worlds"] = coefficient("chips/year", "flow at which inspectors are stretched", above_zero=True)
    detour_relief: Float[Array, " worlds"] = coefficient("share", "of transit risk that a detour avoids")
    penalty: Float[Array, " worlds"] = coefficient("ratio", "fine over the value of the goods")
    smuggling_cost: Float[Array, " worlds"] = coefficient("share", "of the legal price that transport and laundering cost")
    premium_limit: Float[Array, " worlds"] = coefficient("share", "highest premium that clears")
    demand_elasticity: Float[Array, " worlds"] = coefficient("ln/ln", "fall of paying demand with the premium")
    grey_share: Float[Array, " worlds"] = coefficient("share", "of their money for smuggled chips that buyers spend where plans lack everything")
    size_detection: Float[Array, " worlds"] = coefficient("ln/ln", "rise of a consignment's risk with its size")
    usual_size: Float[Array, " worlds"] = coefficient("chips", "consignment of usual size", above_zero=True)
    slow_parts: Float[Array, " worlds"] = coefficient("share", "of goods in the smallest parts that land a quarter later")
    route_burn: Float[Array, " worlds"] = coefficient("share", "of a network lost when it is exposed")
    route_recovery: Float[Array, " worlds"] = coefficient("share/quarter", "of what is missing that new shells win back")
    proxy_risk: Float[Array, " worlds"] = coefficient("share", "chance that proxy orders are found in a quarter, with full screening")
    proxy_pull: Float[Array, " worlds"] = coefficient("ratio", "proxy orders placed at a premium of one, of capacity")
    proxy_screen: Float[Array, " worlds"] = coefficient("share", "of proxy orders that full screening stops")
    proxy_burn: Float[Array, " worlds"] = coefficient("share", "of proxy capacity left after it was found")
    proxy_limit: Float[Array, " worlds"] = coefficient("dies/quarter", "most dies that front companies could get again")
    proxy_price: Float[Array, " worlds"] = coefficient("thousand USD/die", "price of a die through a front company")
    # cloud
    renting: Float[Array, " worlds"] = coefficient("ratio", "effect of renting abroad (1: as modelled)")
    rent_elasticity: Float[Array, " worlds"] = coefficient("ln/ln", "rise of rents with the shortage, a quarter")
    rent_supply: Float[Array, " worlds"] = coefficient("ln/ln", "rise of what clouds let to Chinese labs with the rent, below the ceiling")
    rent_begun: Float[Array, " worlds"] = coefficient("share/quarter", "of newly agreed renting that begins in the quarter")
    rent_floor: Float[Array, " worlds"] = coefficient("USD/H100e hour", "lowest rent")
    rent_ceiling: Float[Array, " worlds"] = coefficient("USD/H100e hour", "highest rent", above_zero=True)
    cloud_reinvest: Float[Array, " worlds"] = coefficient("share", "of rents that clouds add to what they spend on chips each quarter")
    # clusters
    retirement: Float[Array, " worlds"] = coefficient("share/quarter", "of accelerators that leave service")
    scaling_loss: Float[Array, " worlds"] = coefficient("ln/ln", "peak lost per e-fold of chips beyond ten thousand")
    restart_hours: Float[Array, " worlds"] = coefficient("hours", "lost at a failure in a cluster of ten thousand chips")
    cluster_share: Float[Array, " worlds"] = coefficient("share", "of its chips that an owner has in its largest cluster")
    mtbf_cuda: Float[Array, " worlds"] = coefficient("hours", "mean time between failures of a mature chip", above_zero=True)
    system_power: Float[Array, " worlds"] = coefficient("ratio", "power of a system of 8 chips over that of its chips")
    bundle_power: Float[Array, " worlds"] = coefficient("ratio", "what bundling 384 chips rather than 8 adds to that")
    power_price_us: Float[Array, " worlds"] = coefficient("USD/MWh", "industrial power price elsewhere")
    power_price_cn: Float[Array, " worlds"] = coefficient("USD/MWh", "the same in China before subsidy")
    power_burden: Float[Array, " worlds"] = coefficient("USD/H100e hour", "power cost of a usable H100e at which all of it is worth running", above_zero=True)
    power_elasticity: Float[Array, " worlds"] = coefficient("ln/ln", "fall of the share that is run with its power cost")
    software_learning: Float[Array, " worlds"] = coefficient("share/quarter", "of what the domestic stack lacks that it gains when all use it")
    software_effort: Float[Array, " worlds"] = coefficient("share/quarter", "the same from a doubling or so of spending")
    port_cost: Float[Array, " worlds"] = coefficient("share", "of a lab's compute that porting all its work costs while the stack is immature")
    foreclosure: Float[Array, " worlds"] = coefficient("share/quarter", "of developers who change stack with the chips they have")
    cuda_pull: Float[Array, " worlds"] = coefficient("ratio", "developers who stay on the foreign stack for each share of foreign compute")
    # research
    algorithm_growth: Float[Array, " worlds"] = coefficient("log10/quarter", "gain of the lab with the most research compute")
    research_unit: Float[Array, " worlds"] = coefficient("million USD/quarter", "spending on people at which it begins to count", above_zero=True)
    research_effect: Float[Array, " worlds"] = coefficient("ratio", "what a doubling or so of that adds to the gain")
    diffusion: Float[Array, " worlds"] = coefficient("ratio", "effect of diffusion (1: as modelled)")
    diffusion_half_life: Float[Array, " worlds"] = coefficient("quarters", "in which half of a lead in algorithms is copied", above_zero=True)
    open_copying: Float[Array, " worlds"] = coefficient("share/quarter", "of a lead in open weights that others copy besides")
    flop_per_h100e: Float[Array, " worlds"] = coefficient("1e24 FLOP/H100e quarter", "training compute of one H100e in a quarter at 40 % of peak")
    compute_binds: Float[Array, " worlds"] = coefficient("ratio", "how far a run advances with compute (1) rather than by the calendar (0)")
    run_matters: Float[Array, " worlds"] = coefficient("ratio", "what ten times the usual size of a run is worth, of ten times the compute")
    usual_run: Float[Array, " worlds"] = coefficient("ratio", "usual size of a run, of the training compute of a year", above_zero=True)
    least_run_flop: Float[Array, " worlds"] = coefficient("1e24 FLOP", "smallest useful frontier run at the opening", above_zero=True)
    least_run_growth: Float[Array, " worlds"] = coefficient("ln/quarter", "its growth")
    minimum_matters: Float[Array, " worlds"] = coefficient("ratio", "what a run below the minimum loses, per order of magnitude")
    eci_per_order: Float[Array, " worlds"] = coefficient("ECI", "capability for ten times the effective compute")
    compute_returns: Float[Array, " worlds"] = coefficient("ratio", "effect of compute and algorithms on capability (1: as modelled)")
    release_luck: Float[Array, " worlds"] = coefficient("ECI", "scatter of a released model, standard deviation")
    serve_price: Float[Array, " worlds"] = coefficient("thousand USD/H100e quarter", "earned by an H100e that serves")
    edge_value: Float[Array, " worlds"] = coefficient("ratio", "earnings lost by a model ten points behind")
    military_pay: Float[Array, " worlds"] = coefficient("ratio", "pay of military work over serving")
    budget_growth: Float[Array, " worlds"] = coefficient("ln/quarter", "growth of what owners spend on compute")
    budget_growth_cn: Float[Array, " worlds"] = coefficient("ratio", "the same in China, of that elsewhere")
    plan_growth: Float[Array, " worlds"] = coefficient("ln/quarter", "growth of planned compute")
    # intelligence
    report_noise: Float[Array, " worlds"] = coefficient("ratio", "scatter of sources over their central estimate")
    secrecy: Float[Array, " worlds"] = coefficient("ratio", "how far secrecy widens estimates")
    persuasion: Float[Array, " worlds"] = coefficient("ratio", "effect of published estimates on beliefs (1: as modelled)")
    known_lean: Float[Array, " worlds"] = coefficient("share", "of a source's lean that readers allow for")
    forgetting: Float[Array, " worlds"] = coefficient("ln", "widening of a belief in a quarter")
    intelligence: Float[Array, " worlds"] = coefficient("1/ln2", "certainty bought by 100 million dollars a quarter")
    home_knowledge: Float[Array, " worlds"] = coefficient("1/ln2", "certainty of seats at home about their own country")
    own_noise: Float[Array, " worlds"] = coefficient("ln", "scatter of what a seat finds out for itself")
    disclosure: Float[Array, " worlds"] = coefficient("share/quarter", "chance that facts come out")
    credit_cost: Float[Array, " worlds"] = coefficient("ratio", "credit lost for a published figure e times off, when facts come out")
    credit_recovery: Float[Array, " worlds"] = coefficient("share/quarter", "of lost credit that comes back")
    # standing
    industry_us: Float[Array, " worlds"] = coefficient("thousand USD/quarter", "revenue of mature-chip and chip-using industry of the US side", above_zero=True)
    industry_cn: Float[Array, " worlds"] = coefficient("thousand USD/quarter", "the same of China", above_zero=True)
    mature_share_us: Float[Array, " worlds"] = coefficient("share", "of that revenue that needs China's mature chips")
    mature_share_cn: Float[Array, " worlds"] = coefficient("share", "of Chinese revenue that comes from selling them")
    mature_leverage: Float[Array, " worlds"] = coefficient("ratio", "effect of withheld mature chips (1: as modelled)")
    rare_earth_leverage: Float[Array, " worlds"] = coefficient("share", "of that revenue lost with all rare earths withheld")
    rare_earth_cost: Float[Array, " worlds"] = coefficient("ratio", "of it that China loses itself")
    china_market: Float[Array, " worlds"] = coefficient("thousand USD/quarter", "sales to China that count as a full market", above_zero=True)
    military_worry: Float[Array, " worlds"] = coefficient("H100e", "military compute that worries the controller", above_zero=True)
    # fmt: on


@cache
def coefficients() -> dict[str, Any]:
    """The declared coefficients by name, in order."""
    return {f.name: f for f in fields(Rules)}


def take_rules(rules: Rules, chosen: Int[Array, " chosen"]) -> Rules:
    """The coefficients of the chosen worlds, in that order."""
    return replace(rules, **{name: np.take(getattr(rules, name), chosen, axis=-1) for name in coefficients()})
