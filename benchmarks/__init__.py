"""How fast a step is, here and elsewhere: `make bench`.

task -> peers -> worker -> measure -> limit -> report -> __main__
"""
