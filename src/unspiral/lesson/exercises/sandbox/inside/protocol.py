"""What both ends of the pipes agree on, besides how values are written."""

import struct

LENGTH = struct.Struct("<Q")
"""How a message begins: with its length in bytes."""
OUT_OF_MEMORY = 69
"""Exit status: so little memory was left that not even this could be told."""
CLOSED = 70
"""Exit status: the learner's code closed the pipe to the parent."""
BROKEN = 71
"""Exit status: the learner's code broke something that the code here needs."""
