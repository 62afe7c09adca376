"""How fast a step is, here and elsewhere: `make bench`.

task -> peers -> worker -> measure -> sessions -> limit -> chart, report -> __main__
"""
