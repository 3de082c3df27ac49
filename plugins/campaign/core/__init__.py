"""Values in, values out: no Pelican, no files, no clock, no logging, no templates.

reading  A text as volunteers type it → values, each fault with its line and a remedy.
figures  Values → every figure that a page shows on a day: added up, checked, held against the goal.
"""
