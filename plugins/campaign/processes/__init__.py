"""What a process hears of itself, and what forks of it do in its place.

log_records    what is logged as a warning or worse, whatever is printed
fork           a fork of this process, which ends with it
shared_work    work in many pieces, done by this process and by forks of it
"""
