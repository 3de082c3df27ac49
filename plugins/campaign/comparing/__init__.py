"""Two states of the content → what publishing the later one would change, and what looks wrong in it.

differences    two views → what differs in figures, milestones and costs
warnings       what may be right and looks wrong
changes        two contents → what publishing the later would change
git_command    git as it is run here: no hooks, no questions
git            a content folder as it was at a commit, and what changed since
change_report  what publishing would change, in words
"""
