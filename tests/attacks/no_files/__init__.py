"""What the attacker wants: that a check waits without end for a file that is none, or fills the memory with one."""
