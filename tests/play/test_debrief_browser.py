"""The debrief opens in a real browser: at any width, without a network, with nothing running over the edge."""

import sys

import browser
import pytest

from play.debrief.page import page

pytestmark = pytest.mark.skipif(
    browser.found() is None or sys.platform == "win32",
    reason="no Chromium is installed (on Debian: apt-get install chromium), or its pipe is not there",
)

OVER_THE_EDGE = """
Array.from(document.querySelectorAll('body *')).filter(e => {
  const box = e.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !e.closest('.scroll') && !e.closest('svg');
}).map(e => e.tagName + '.' + e.className)
"""
CUT_OFF = """
Array.from(document.querySelectorAll('figure svg text')).filter(e => {
  const box = e.getBoundingClientRect(), figure = e.closest('figure').getBoundingClientRect();
  return box.width && (box.right > figure.right + 2 || box.left < figure.left - 2);
}).map(e => e.textContent)
"""
SMALLEST = """
Math.min(...Array.from(document.querySelectorAll('svg text')).filter(e => e.getBoundingClientRect().width)
  .map(e => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a))
"""


@pytest.fixture(scope="module")
def written(told, tmp_path_factory):
    path = tmp_path_factory.mktemp("debrief") / "debrief.html"
    path.write_text(page(told), "utf-8")
    return path


@pytest.fixture(scope="module")
def chromium():
    with browser.opened() as found:
        yield found


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_opens_alone_and_fits(chromium, written, width):
    chromium.open(written, width)
    assert chromium.requests == [written.resolve().as_uri()]
    assert chromium.complaints == []
    assert chromium.value("innerWidth") == width
    assert chromium.value("document.documentElement.scrollWidth") <= width
    assert chromium.value(OVER_THE_EDGE) == []
    assert chromium.value(CUT_OFF) == []
    assert chromium.value(SMALLEST) >= 11
    assert chromium.value("document.querySelectorAll('h1').length") == 1
    assert chromium.value("getComputedStyle(document.body).fontSize") == "16px"


def test_dark_is_dark_and_paper_is_white(chromium, written):
    paper = "getComputedStyle(document.body).backgroundColor"
    chromium.open(written, 1280, dark=True)
    assert chromium.value(paper) == "rgb(20, 28, 32)"
    chromium.open(written, 1280, dark=True, media="print")
    assert chromium.value(paper) == "rgb(255, 255, 255)"
