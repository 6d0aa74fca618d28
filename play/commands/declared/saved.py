"""Commands that look at a saved game, or ask of it."""

from play.commands.line import Command, Words, count, flag, for_machines, many, numbered, orders, players


def save(words: Words, said: str = "a saved game, or a run's folder with --game", kept_as: str = "save") -> None:
    """The saved game, or the game of a run, as the first word."""
    words.add_argument(kept_as, metavar="SAVE", help=said)
    numbered(words)


def view(words: Words) -> None:
    """Takes the game, who looks, and when."""
    save(words)
    words.add_argument("--seat", required=True, help="who looks")
    words.add_argument("--turn", type=int, help="after which turn (the last; 0 is the opening)")
    for_machines(words, "it")


def replay(words: Words) -> None:
    """Takes the game, or a game of a run."""
    save(words, kept_as="path")
    many(words, "--out", "FILE", "write the game: as a save (.json.gz), or its rows (.parquet, .csv, .json)")
    words.add_argument("--save", metavar="FILE", dest="out", action="append", help="the same as --out")
    words.add_argument("--table", metavar="NAME", help="which rows: games, quarters, flows, orders (quarters)")


def preview(words: Words) -> None:
    """Takes the game, the seat, its draft, and how far it looks."""
    save(words)
    words.add_argument("--seat", required=True, help="who looks ahead")
    many(words, "--quantity", "NAME", "what to tell, quarter by quarter")
    words.add_argument("--turn", type=int, help="the quarter the draft is for (the coming one)")
    count(words, "--quarters", 4, "how far ahead")
    count(words, "--worlds", 256, "how many imagined worlds")
    orders(words)
    for_machines(words, "it")


def why(words: Words) -> None:
    """Takes the game, the quantity, and how far the change is taken apart."""
    save(words)
    words.add_argument(
        "quantity", metavar="QUANTITY", help="an outcome, or a number of a column such as capacity.smic.advanced"
    )
    words.add_argument("--turn", type=int, help="the quarter of the change (the last)")
    words.add_argument("--since", type=int, help="the change since after that turn, and not of one quarter")
    words.add_argument("--seat", help="who asks; needed while the game goes on")
    many(words, "--open", "SEAT", "tell that seat's part order by order")
    count(words, "--worlds", 64, "how many imagined worlds, while the game goes on")
    words.add_argument("--carried", action="store_true", default=None, help="open what earlier quarters had set going")
    words.add_argument("--path", type=int, metavar="ORDER", help="by which quantities the order of that number did it")
    flag(words, "--luck", "tell luck apart")
    for_machines(words, "it")


def branch(words: Words) -> None:
    """Takes the game, the quarter that is played otherwise, and how."""
    save(words, kept_as="save_file")
    words.add_argument(
        "--turn", type=int, required=True, help="the quarter that is played otherwise, the first being 1"
    )
    words.add_argument("--until", type=int, help="the last quarter to play (the last that was played)")
    players(words, "who decides from then on")
    words.add_argument("--save", metavar="FILE", help="keep the branch as a game that goes on")
    orders(words)
    for_machines(words, "it")


def turning(words: Words) -> None:
    """Takes the finished game, the quantity, and how many orders are told."""
    save(words, "a saved game that is over, or a run's folder with --game")
    words.add_argument("--of", metavar="QUANTITY", help="what they moved (a person's objective, else lead)")
    words.add_argument("--seat", default="", help="only the orders of one seat")
    count(words, "--most", 8, "how many are told")
    for_machines(words, "them")


def debrief(words: Words) -> None:
    """Takes the finished game and the page."""
    save(words, "a saved game that is over, or a run's folder with --game")
    words.add_argument("--out", metavar="PAGE", required=True, help="the HTML page to write")
    words.add_argument("--seat", help="whom it speaks to (the person's, else the first recommended)")


COMMANDS = (
    Command(
        "view",
        "what a seat sees of a saved game",
        view,
        "play.commands.view:main",
        (("view SAVE --seat SEAT", "what a seat sees of a saved game"),),
    ),
    Command(
        "replay",
        "a game again, from its orders",
        replay,
        "play.commands.replay:main",
        (
            ("replay SAVE", "a game again, from its orders"),
            ("replay RUN --game 17", "a game of a run again (--show: in the window; --out FILE)"),
        ),
    ),
    Command(
        "preview",
        "what a draft of orders would change, as far as its seat knows",
        preview,
        "play.commands.preview:main",
        (("preview SAVE --seat SEAT", "what a draft of orders would change"),),
    ),
    Command(
        "why",
        "what a change came from, by replay",
        why,
        "play.commands.why:main",
        (("why SAVE QUANTITY", "what a change came from"),),
    ),
    Command(
        "branch",
        "a saved game with other orders or players, beside what happened",
        branch,
        "play.commands.branch:main",
        (("branch SAVE --turn TURN", "the same game with other orders from a quarter on"),),
    ),
    Command(
        "turning",
        "the orders of a finished game that moved its end most",
        turning,
        "play.commands.turning:main",
        (("turning SAVE", "the orders that moved its end most"),),
    ),
    Command(
        "debrief",
        "what happened in a finished game and why, as one page",
        debrief,
        "play.commands.debrief:main",
        (("debrief SAVE --out PAGE", "what happened in a finished game and why, as a page"),),
    ),
)
