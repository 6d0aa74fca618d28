"""Who and what exists in a scenario: the names along every axis, and who answers to whom."""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from jaxtyping import Bool, Int

from world.flows import Groups, groups

Array = np.ndarray

ROLES = (
    "controller",
    "planner",
    "host",
    "foundry",
    "memory_maker",
    "chipmaker",
    "lab",
    "broker",
)
"""The kinds of seat, in the order in which seats are numbered."""

BLOCS = ("us", "cn")
REGIONS = ("us", "third", "cn")
GROUPS = ("cn", "swing")
"""Groups of countries a chip rule may name: China, and the countries through which chips pass."""
NODES = ("mature", "advanced", "leading")
CHANNELS = ("licensed", "domestic", "smuggled", "rented")
STACKS = ("cuda", "domestic")


@dataclass(frozen=True)
class Seat:
    """A place at the table: one actor, played by a person or a program."""

    name: str
    title: str
    role: str
    bloc: str
    title_local: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Cast:
    """The actors and things of a scenario, by name; everything else is an index into these."""

    seats: tuple[Seat, ...]
    owners: tuple[str, ...]
    owner_region: tuple[str, ...]
    products: tuple[str, ...]
    product_maker: tuple[int, ...]
    maker_foundry: tuple[int, ...]
    goods: tuple[int, ...]
    sources: tuple[str, ...]
    questions: tuple[str, ...]
    recommended: tuple[str, ...] = ()
    is_export: Array
    """Products made under a ceiling for export."""
    fab_delay: Array
    """Quarters from wafer to die, by product (its maker's)."""
    tool_weight: Array
    """Share of the world's controlled tools that each host's firms make."""
    is_main_foundry: Array
    """1 for the foundry that allied subsidies go to first."""
    is_champion: Array
    """Chipmakers that the state's memory goes to first."""
    taste: Array
    """Chipmakers by owners: the share of an owner's chip money that would go to each maker."""
    channel: Array
    """Owners by channels: how owners that are not seats split their money."""
    lab_share: Array
    """Share of its owner's compute that a lab may use for models (the rest is rented out or serves ads)."""
    is_cloud: Array
    """Owners that rent compute to Chinese labs; `cloud_host` is the government they answer to."""
    cloud_host: Array
    is_state: Array
    """Owners that are state data centres."""
    is_swing: Array
    """Owners in countries through which chips pass."""
    proxy_product: int
    """The product whose dies front companies order abroad."""
    is_front: Array
    """Brokers who order dies abroad through front companies."""
    route_host: Array
    """The host whose ports each broker's route passes."""
    die_area: Array
    """Area (mm2) of each product's compute die; 0 where it is its maker's `die_size`. See `same_dies`."""
    die_size: Array
    """Area (mm2) of the compute die that a maker's new designs use."""
    power_factor: Array
    """kW per 1,000 TPP of a maker's chips on the advanced node, cooling and network not included."""
    price_base: Array
    price_slope: Array
    """Price of a maker's new chip: thousand USD, plus thousand USD per 1,000 TPP."""
    source_bias: Array
    """Sources by questions: how far (ln) each source leans; NaN where it says nothing is not used: see `source_speaks`."""
    source_speaks: Array
    source_noise: Array
    briefing_source: int
    """The source through which chipmakers brief officials."""
    weights: Array
    """Seats by objectives: what each seat's score is made of."""

    @cached_property
    def area(self) -> Array:
        """Area (mm2) of each product's compute die."""
        return np.where(self.die_area > 0, self.die_area, self.die_size[list(self.product_maker)])

    @cached_property
    def gross_dies(self) -> Array:
        """Whole dies on a 300 mm wafer, by product, with the usual edge correction."""
        return np.floor(np.pi * 150.0**2 / self.area - np.pi * 300.0 / np.sqrt(2 * self.area))

    @cached_property
    def same_dies(self) -> tuple[Int[Array, " products"], ...]:
        """Products that are cut from the same dies: those of a maker whose given areas are equal."""
        kinds: dict[tuple[int, float], list[int]] = {}
        for product, area in enumerate(self.die_area):
            if area > 0:
                kinds.setdefault((self.product_maker[product], float(area)), []).append(product)
        return tuple(np.array(products) for products in kinds.values() if len(products) > 1)

    @cached_property
    def twins(self) -> tuple[Int[Array, "products kinds"], ...]:
        """`same_dies` as tables: kinds of dies that go into equally many products stand side by side."""
        sizes = sorted({kind.size for kind in self.same_dies})
        return tuple(np.stack([kind for kind in self.same_dies if kind.size == size], axis=1) for size in sizes)

    @cached_property
    def slots(self) -> tuple[tuple[int, int], ...]:
        """Every (owner, product) that is possible: somebody who would buy from the maker, where it may sell.

        Owner by owner, and in an owner product by product, foreign ones first.
        """
        foreign_first = sorted(range(len(self.products)), key=lambda p: bool(self.is_cn_product[p]))
        return tuple(
            (owner, product)
            for owner in range(len(self.owners))
            for product in foreign_first
            if self._possible(owner, product)
        )

    def _possible(self, owner: int, product: int) -> bool:
        region = self.owner_region[owner]
        if self.is_export[product] and region != "cn":
            return False
        if self.is_cn_product[product] and region == "us":
            return False
        return bool(self.taste[self.product_maker[product], owner] > 0)

    @cached_property
    def slot_owner(self) -> Int[Array, " slots"]:
        """The owner of each slot."""
        return np.array([owner for owner, _ in self.slots], dtype=np.intp)

    @cached_property
    def slot_product(self) -> Int[Array, " slots"]:
        """The product of each slot."""
        return np.array([product for _, product in self.slots], dtype=np.intp)

    @cached_property
    def slot_of(self) -> Int[Array, "products owners"]:
        """The slot of a product and owner; -1 where there is none."""
        table = np.full((len(self.products), len(self.owners)), -1, dtype=np.intp)
        table[self.slot_product, self.slot_owner] = np.arange(len(self.slots))
        return table

    @cached_property
    def by_slot_owner(self) -> Groups:
        """Slots grouped by owner."""
        return groups(self.slot_owner.tolist(), len(self.owners))

    @cached_property
    def by_slot_product(self) -> Groups:
        """Slots grouped by product."""
        return groups(self.slot_product.tolist(), len(self.products))

    @cached_property
    def by_slot_side(self) -> Groups:
        """Slots grouped by owner and side of the maker: two groups an owner, the foreign one first."""
        side = self.is_cn_product[self.slot_product].astype(int)
        return groups((self.slot_owner * 2 + side).tolist(), 2 * len(self.owners))

    @cached_property
    def is_slot_cn_owner(self) -> Bool[Array, " slots"]:
        """Slots of owners in China."""
        return np.array([self.owner_region[owner] == "cn" for owner, _ in self.slots])

    @cached_property
    def is_slot_cn_product(self) -> Bool[Array, " slots"]:
        """Slots of Chinese products."""
        return self.is_cn_product[self.slot_product]

    @cached_property
    def is_slot_licensed(self) -> Bool[Array, " slots"]:
        """Slots of foreign products and owners in China: what is sold there needs a licence."""
        return self.is_slot_cn_owner & ~self.is_slot_cn_product

    @cached_property
    def champion(self) -> int:
        """The chipmaker that the Chinese state favours."""
        return int(np.flatnonzero(self.is_champion)[0])

    def dense(self, x: Array) -> Array:
        """A column over slots as (products, owners, worlds), zero where there is no slot."""
        table = np.zeros((len(self.products), len(self.owners), x.shape[-1]), dtype=x.dtype)
        table[self.slot_product, self.slot_owner] = x
        return table

    @cached_property
    def good_products(self) -> Int[Array, " goods"]:
        """The products that are goods on the black market."""
        return np.array(self.goods, dtype=np.intp)

    @cached_property
    def goods_makers(self) -> Array:
        """The makers of those goods, each once."""
        return np.unique(np.array(self.product_maker)[self.good_products])

    @cached_property
    def export_products(self) -> Int[Array, " some"]:
        """The products that are made under a ceiling for export."""
        return np.flatnonzero(self.is_export)

    @cached_property
    def frontier_products(self) -> Int[Array, " some"]:
        """Foreign products that are not for export: what a lag behind the frontier is measured from."""
        return np.flatnonzero(~self.is_cn_product & ~self.is_export)

    @cached_property
    def state_owners(self) -> Int[Array, " some"]:
        """The owners that are state data centres."""
        return np.flatnonzero(self.is_state)

    @cached_property
    def hosted_owners(self) -> Int[Array, " some"]:
        """The owners that answer to a host."""
        return np.flatnonzero(self.cloud_host >= 0)

    @cached_property
    def state_foreign_slots(self) -> Int[Array, " some"]:
        """The slots of state data centres and foreign products."""
        return np.flatnonzero(self.is_state[self.slot_owner] & ~self.is_slot_cn_product)

    @cached_property
    def spoken(self) -> tuple[Int[Array, " some"], Int[Array, " some"]]:
        """The sources that speak, and of which question: one pair after the other."""
        source, question = np.nonzero(self.source_speaks)
        return source, question

    @cached_property
    def newest_first(self) -> tuple[int, ...]:
        """Products that are not for export, later designs first."""
        return tuple(p for p in reversed(range(len(self.products))) if not self.is_export[p])

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The names along each axis that has names."""
        by_role = {role: tuple(s.name for s in self.seats if s.role == role) for role in ROLES}
        return {
            "controllers": by_role["controller"],
            "planners": by_role["planner"],
            "hosts": by_role["host"],
            "governments": by_role["controller"] + by_role["planner"] + by_role["host"],
            "foundries": by_role["foundry"],
            "memory_makers": by_role["memory_maker"],
            "fabs": by_role["foundry"] + by_role["memory_maker"],
            "chipmakers": by_role["chipmaker"],
            "labs": by_role["lab"],
            "brokers": by_role["broker"],
            "seats": tuple(s.name for s in self.seats),
            "owners": self.owners,
            "products": self.products,
            "goods": tuple(self.products[p] for p in self.goods),
            "accounts": self.accounts,
            "nodes": NODES,
            "blocs": BLOCS,
            "regions": REGIONS,
            "groups": GROUPS,
            "channels": CHANNELS,
            "stacks": STACKS,
            "sources": self.sources,
            "questions": self.questions,
        }

    @cached_property
    def accounts(self) -> tuple[str, ...]:
        """Whose money is counted: every seat, every unplayed owner, and the world outside."""
        seats = tuple(seat.name for seat in self.seats)
        return (*seats, *(owner for owner in self.owners if owner not in seats), "outside")

    def size(self, axis: str) -> int:
        """How many things stand along an axis."""
        return self.sizes[axis]

    def at(self, axis: str, name: str) -> int:
        """The index of a name along an axis."""
        return self.names[axis].index(name)

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many things stand along each axis that has names."""
        return {axis: len(names) for axis, names in self.names.items()}

    @cached_property
    def seats_by_role(self) -> dict[str, Int[Array, " some"]]:
        """The seat numbers of every role, in order."""
        return {
            role: np.array([i for i, seat in enumerate(self.seats) if seat.role == role], dtype=np.intp)
            for role in ROLES
        }

    def seats_of(self, role: str) -> Int[Array, " some"]:
        """The seat numbers of a role, in order."""
        return self.seats_by_role[role]

    def seat_rows(self, role: str) -> slice:
        """The same as a slice: the seats of a role stand together."""
        return self.rows_by_role[role]

    @cached_property
    def rows_by_role(self) -> dict[str, slice]:
        """The seat numbers of every role as a slice."""
        stops = accumulate(self.seats_of(role).size for role in ROLES)
        return {role: slice(stop - self.seats_of(role).size, stop) for role, stop in zip(ROLES, stops, strict=True)}

    @cached_property
    def governments(self) -> Int[Array, " governments"]:
        """The seat numbers of all governments, in order."""
        return np.concatenate([self.seats_of(role) for role in ("controller", "planner", "host")])

    @cached_property
    def owner_account(self) -> Int[Array, " owners"]:
        """The account that pays for each owner's chips."""
        return np.array([self.accounts.index(owner) for owner in self.owners], dtype=np.intp)

    @cached_property
    def outside(self) -> int:
        """The account of everybody who is not in the game."""
        return len(self.accounts) - 1

    @cached_property
    def by_maker(self) -> Groups:
        """Products grouped by their chipmaker."""
        return groups(self.product_maker, self.size("chipmakers"))

    @cached_property
    def by_foundry(self) -> Groups:
        """Chipmakers grouped by the foundry that makes their dies."""
        return groups(self.maker_foundry, self.size("foundries"))

    @cached_property
    def blocs_by_role(self) -> dict[str, Bool[Array, " some"]]:
        """For each seat of every role, whether it answers to China."""
        return {role: np.array([s.bloc == "cn" for s in self.seats if s.role == role], dtype=bool) for role in ROLES}

    def seat_bloc(self, role: str) -> Bool[Array, " some"]:
        """For each seat of a role, whether it answers to China."""
        return self.blocs_by_role[role]

    @cached_property
    def is_cn_product(self) -> Bool[Array, " products"]:
        """Whether each product comes from a Chinese chipmaker."""
        return self.seat_bloc("chipmaker")[np.array(self.product_maker)]

    @cached_property
    def owners_by_region(self) -> dict[str, Int[Array, " some"]]:
        """The owners of every region."""
        return {
            region: np.array([i for i, r in enumerate(self.owner_region) if r == region], dtype=np.intp)
            for region in REGIONS
        }

    def in_region(self, region: str) -> Int[Array, " some"]:
        """The owners of a region."""
        return self.owners_by_region[region]

    @cached_property
    def lab_bloc(self) -> Int[Array, " labs"]:
        """The bloc each lab's models count for: 0 US-aligned, 1 China."""
        return self.seat_bloc("lab").astype(np.intp)
