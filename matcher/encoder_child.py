"""The far end of `matcher.encoder_process`: what its child process does.

Says `ready` on a line once its encoder works. Then, for each line with a cleaned text as JSON,
writes its row as little-endian float32. Ends when nobody writes to it any more.
"""

import json
import os
import sys
from pkgutil import resolve_name

READY = b"ready\n"
#: Lets pages go first where processors are scarce; where they are not, it costs nothing.
_NICENESS = 5


def main(where: str) -> None:
    """Answer until the input ends."""
    # What a library prints would be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.nice(_NICENESS)
    encoder = resolve_name(where)()
    encoder.encode(["brug"])
    answers.write(READY)
    answers.flush()
    for line in sys.stdin.buffer:
        answers.write(encoder.encode([json.loads(line)]).astype("<f4").tobytes())
        answers.flush()
