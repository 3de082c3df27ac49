"""A newer version of the project taken over by a family's site, as a whole or not at all.

taken_over      which of a site's files a renewal takes over, and what it writes down
git_trees       what git keeps of a folder, as a mapping from paths to files
project_source  where the project is fetched from, and which version is meant
merge_base      which commit of the project a site began from
three_way       how it began, the family's changes and the project's → one, or conflicts
in_place        a checked-out folder, from one commit to another as a whole
changelog       what a changelog says to families
trial           what a version of the programs says of a content
renewal         the version that is taken over, and what stands in its way
sentences       what is said of it
conversation    the questions and answers of ``campaign renew``
"""
