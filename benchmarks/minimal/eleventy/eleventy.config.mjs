// Eleventy with the least that shows the same updates: one page each, a list in pages of ten, one feed.
export default function (config) {
  config.setQuietMode(true);
  config.addCollection("newest", (all) => all.getFilteredByGlob("updates/*.md").reverse());
  return { dir: { input: ".", output: "_site", includes: "_includes" }, markdownTemplateEngine: false };
}
