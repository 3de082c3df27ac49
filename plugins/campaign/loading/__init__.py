"""The content folder → what a site shows, or every problem of every file at once.

site_paths    which files a site consists of
plain_file    a file's bytes, if it is one and no larger than it may be
record_file   what one run keeps in a file for the next
stray_files   what lies where it is neither read nor published, and what to do about it
pictures      what is published of a picture, and which files can become one
story_html    a story → HTML that holds nothing that runs
stories       each story read once, or taken from an earlier run that read the same
references    what files name must be there
translations  what is said and typed in the campaign's language
load          reads content/, gathers every problem, returns the view
digest        any value that was loaded as one hash
"""
