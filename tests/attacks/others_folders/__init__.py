"""What the attacker wants: that a build deletes what a person put into a folder, or beside it."""
