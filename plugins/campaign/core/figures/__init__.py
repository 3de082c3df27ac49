"""Values → every figure that a page shows on a day: added up, checked, held against the goal.

ledger        updates → Ledger: where every source stood after each update
as_of         of which days a figure is
checks        what no update may do to the figures without saying why
plausibility  what a slip of one key makes of days and amounts that belong together
progress      percent, what is still needed, the measure
growth        how the total grew, as a step chart
costs         what the money is for, met in order, and what others pay of the goal
milestones    who reached what, and what is next
pace          phases, and money a week
view          CampaignView: the one frozen object that every page shows
"""
