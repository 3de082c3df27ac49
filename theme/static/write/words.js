// What the page says, in the language of the site. A sentence is named by its English, as in the templates.

let sentences = {};

/** Take the translations of the page's data: English → the site's own words. */
export function speak(translations) {
  sentences = translations;
}

/** A sentence, with the values for its %(name)s put in. */
export function _(english, values = {}) {
  return (sentences[english] ?? english).replace(/%\((\w+)\)s/g, (place, name) => values[name] ?? place);
}
