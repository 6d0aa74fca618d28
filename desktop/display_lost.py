"""A display that goes away: the X library would end the program at once, so the game is kept and a sentence is said first."""

import ctypes
import os
import sys
from collections.abc import Callable
from typing import NoReturn

import pygame

LIBRARY = "libX11.so.6"
STATUS = 2


class Guard:
    """Has the X library call for help when its server is gone. Keep it as long as the window is open."""

    def __init__(self, let_go: Callable[[], object], sentence: str) -> None:
        self.let_go = let_go
        self.sentence = sentence
        self.handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(self.lost)
        if pygame.display.get_driver() == "x11":
            try:
                ctypes.CDLL(LIBRARY).XSetIOErrorHandler(self.handler)
            except (OSError, AttributeError):
                return

    def lost(self, _: object) -> NoReturn:
        """Keeps what can be kept, says what happened, and leaves without another word to the server."""
        try:
            self.let_go()
        finally:
            print(self.sentence, file=sys.stderr, flush=True)
            os._exit(STATUS)
