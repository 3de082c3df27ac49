"""What the attacker wants: that a picture ends the build or fills the memory, or carries along where it was taken."""
