"""What runs in the child: the standard library and NumPy only, never `unspiral`.

values, output -> calls; limits, audit, linux -> landlock, seccomp; all -> main

The parent uses `values` and `protocol` too: both ends of the pipes write and read in
the same way.
"""
