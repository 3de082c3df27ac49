"""A site built beside the old one, verified, put in its place whole; and shown while somebody writes.

output_folder  where a site may be written
write_guard    nothing is written outside the output
versions       which versions of Pelican will do
completeness   every file of a site written by one run, and no other there
kept_pages     what a build remembers of a site, and what the next one takes from it
handover       content that was read, handed to the process that runs Pelican
run_pelican    one run of Pelican, in which every warning is fatal
pelican_process  the same in a process of its own
replace        a folder put in another's place, one of the two whole whatever happens
signature      which files of a folder are this command's
warm_builds    a process that has loaded what builds need, forked for each
build          a temporary folder, checked, swapped in
preview        the site while writing, rebuilt on every change
"""
