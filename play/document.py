"""Document: a page of HTML that stands in one file and needs nothing else."""

from pathlib import Path
from typing import Any

from markupsafe import Markup

from play.charts import joined, tag

STYLE = Path(__file__).resolve().parents[1] / "assets/debrief/page.css"


def document(title: str, *body: Any) -> str:
    """A page with a title, in the style of the debrief."""
    head = joined(
        [
            Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
            tag("title", title),
            tag("style", Markup(STYLE.read_text("utf-8"))),
        ]
    )
    inside = tag("main", tag("h1", title), *body)
    return f"<!doctype html>\n{tag('html', tag('head', head), tag('body', inside), lang='en')}\n"
