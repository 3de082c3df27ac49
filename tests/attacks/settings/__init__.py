"""What the attacker wants: that a setting, a folder or an earlier build makes a site that is not the right one."""
