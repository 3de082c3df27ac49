"""A site that was built, read by other eyes than those that made it, and held against what it must say.

written_page   a page as it was written → its elements and its words; one way to write a tag
appearing      the files of a folder, as another process writes them
harmless       what a page may hold: known elements, the one policy, nothing from elsewhere
where_links_lead  every link of a page → the whole address it leads to
voice          figures and days said in a locale, by none of the theme's own code
figures_said   every amount, count, share and day that stands in a text
form_record    what the data of the page to write on must hold
page_facts     the table of what each kind of page must hold
page_proof     pages and files, held against the table
totals_record  what totals.json and totals.csv must hold
verify         a site that was built, read through
"""
