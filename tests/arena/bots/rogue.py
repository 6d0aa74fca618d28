"""A bot that misbehaves in the way its first argument names, from the quarter on that its second does (1 where it has none)."""

import json
import os
import subprocess
import sys
import time

WAY, FROM = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
NONSENSE = {
    "utf8": b"\xff\xfe\n",
    "deep": b"[" * 50_000 + b"\n",
    "nan": b'{"type":"orders","ask":%d,"orders":[{"order":"cap_exports","picks":["cn"],"amounts":{"ceiling":NaN}}]}\n',
    "infinity": b'{"type":"orders","ask":%d,"orders":[{"order":"allow_lag","amounts":{"generations":-Infinity}}]}\n',
    "overflow": b'{"type":"orders","ask":%d,"orders":[{"order":"allow_lag","amounts":{"generations":1e999}}]}\n',
    "huge": b'{"type":"orders","ask":%d,"orders":[{"order":"allow_lag","amounts":{"generations":'
    + b"9" * 6000
    + b"}}]}\n",
    "twice": b'{"type":"orders","ask":%d,"orders":[],"orders":[]}\n',
    "unknown": b'{"type":"orders","ask":%d,"orders":[],"hint":"please"}\n',
    "list": b"[1, 2]\n",
    "words": b"I would like to sell more chips. \x1b[31m\n",
    "empty": b"\n",
    "early": b'{"type":"orders","ask":99999,"orders":[]}\n',
    "text": b'{"type":"orders","ask":%d,"orders":[{"order":"allow_lag","amounts":{"generations":"two"}}]}\n',
    "truth": b'{"type":"orders","ask":%d,"orders":[{"order":"allow_lag","amounts":{"generations":true}}]}\n',
    "surrogate": b'{"type":"orders","ask":%d,"orders":[{"order":"\\ud800","amounts":{"x":1}}]}\n',
    "null": b"null\n",
}


def say(line: bytes) -> None:
    """Write bytes to the game."""
    os.write(1, line)


def misbehave(ask: int) -> None:
    """Do what the way says."""
    if WAY in NONSENSE:
        say(NONSENSE[WAY].replace(b"%d", str(ask).encode()))
    elif WAY == "crash":
        print("\x1b[31mno such card", file=sys.stderr)
        os._exit(3)
    elif WAY == "lines":
        while True:
            say(b'{"type":"orders","ask":0,"orders":[]}\n' * 1000)
    elif WAY == "line":
        while True:
            say(b"x" * 65536)
    elif WAY == "noise":
        os.write(2, b"y" * 500_000)
        say(b'{"type":"orders","ask":%d,"orders":[]}\n' % ask)
    elif WAY == "partial":
        say(b'{"type":"orders",')
    elif WAY == "mute":
        os.close(1)
        time.sleep(60)
    elif WAY == "child":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print(child.pid, file=sys.stderr, flush=True)
        os._exit(0)
    elif WAY == "unmended":
        say(b'{"type":"orders","ask":%d,"orders":[{"order":"levy_taxes","amounts":{"rate":1}}]}\n' % ask)
    elif WAY == "stubborn":
        say(b'{"type":"orders","ask":%d,"orders":[]}\n' % ask)


def main() -> None:
    """Greet, and misbehave when the time has come."""
    if WAY == "rude":
        sys.exit("I do not greet")
    if WAY == "deaf":
        say(b'{"type":"ready","ask":0,"protocol":1}\n')
        time.sleep(60)
    quarters = 0
    for line in sys.stdin.buffer:
        message = json.loads(line)
        if message["type"] == "hello":
            say(b'{"type":"ready","ask":0,"protocol":%d}\n' % (2 if WAY == "newer" else 1))
        elif message["type"] == "view":
            quarters += 1
            if quarters < FROM:
                say(b'{"type":"orders","ask":%d,"orders":[]}\n' % message["ask"])
            else:
                misbehave(message["ask"])
    if WAY == "stubborn":
        time.sleep(60)


main()
