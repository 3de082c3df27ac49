"""A campaign's updates in, a correct site out. Read the rooms in this order; each knows only those before it.
A build takes them in the same order but for ``processes``, which serves it throughout, and ``comparing``, which is what
``check --against`` does.

Each room's own docstring lists its modules, again in order.

core.reading  A text as volunteers type it → values, each fault with its line and a remedy.
core.figures  Values → every figure that a page shows on a day: added up, checked, held against the goal.
processes     What a process hears of itself, and what forks of it do in its place.
loading       The content folder → what a site shows, or every problem of every file at once.
rendering     What a page is made of besides its template, and the files that are no pages.
reporting     Problems and figures in words, for a terminal, for GitHub, for programs.
comparing     Two states of the content → what publishing the later one would change, and what looks wrong in it.
verifying     A site that was built, read by other eyes than those that made it, and held against what it must say.
publishing    A site built beside the old one, verified, put in its place whole; and shown while somebody writes.
authoring     What begins a file or an appeal for somebody, from a few questions.
renewing      A newer version of the project taken over by a family's site, as a whole or not at all.
plugin        The door that Pelican comes in by.
cli           The door that people come in by: the command ``campaign``.
"""

import time

BEGUN = time.time_ns() - 20_000_000
"""When this process began to read our code, less what a disk's clock may be late by; a file that changed since may not
be the one that runs."""
