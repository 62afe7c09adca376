"""The exercises: the learner writes the network, function by function.

exercise, misconceptions (data, from library/) -> reference, inputs, results ->
naming, flaws -> telling -> check; sandbox/ runs the learner's code.
"""
