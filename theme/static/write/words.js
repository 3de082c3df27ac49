// What the page says. Each sentence stands here in English, and in the page in the language of the site.

/** A sentence, with the values for its %(name)s put in. */
export function _(sentence, values = {}) {
  return sentence.replace(/%\((\w+)\)s/g, (place, name) => values[name] ?? place);
}
