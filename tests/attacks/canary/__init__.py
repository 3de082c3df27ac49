"""What the attacker wants: that what somebody types into a field becomes an element, a script or a template."""
