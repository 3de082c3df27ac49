"""What the attacker wants: that a changed template, setting, plugin, catalog, content or kept file lies on a page."""
