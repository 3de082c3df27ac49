"""What the attacker wants: that a setting, a folder or another Pelican makes a site that is not the right one."""
