"""Values → every figure that a page shows on a day: added up, checked, held against the goal.

figure        an amount as it is and as it is shown
ending        how an appeal ended
held_once     what stayed as it was is held once
exchange      what other currencies are worth
in_force      what of campaign.yaml holds on a day
ledger        updates → Ledger: where every source stood after each update
as_of         of which days a figure is
leaps         what an update must explain, for a digit too many may have made it
checks        what no update may do to the figures, or not without saying why
plausibility  what a slip of one key makes of days and amounts that belong together
progress      percent, and the measure
growth        how the total grew, as a step chart
costs         what the money is for, met in order, and what is still to ask for
matches       what others' gifts call for of somebody's promise
spending      what the money has been spent on, and what is in hand
outcome       what is said of the money once an appeal has ended
milestones    who reached what, and what is next
door_frame    the measure standing up, and what is written beside it
pace          phases, and money a week
view          CampaignView: the one frozen object that every page shows
assembly      the campaign and its ledger → the view
"""
