"""Values in, values out: the rules of money and milestones, free of Pelican, files, clock and templates."""
