"""What the attacker wants: that a page elsewhere reads what is being written here, or that the preview gives up."""
