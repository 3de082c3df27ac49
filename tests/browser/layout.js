// What does not hold in a page's layout, at most six sentences. Takes how many letters a word may have to be one that fits.
longest => {
  const width = document.documentElement.clientWidth, faults = [];
  const of = element => element.outerHTML.slice(0, 120);
  const shown = element => element.checkVisibility({ visibilityProperty: true });
  // Nothing is wider than the screen.
  if (document.scrollingElement.scrollWidth > width) faults.push(`scrolls ${document.scrollingElement.scrollWidth - width} px`);
  for (const element of document.querySelectorAll("body *")) {
    const box = element.getBoundingClientRect();
    if (!box.width || box.right <= width + 1 && box.left >= -1) continue;
    if (element.closest(".skip, svg, pre, thead, .story .wide") || !element.innerText?.trim()) continue;
    faults.push(`beside the screen: ${of(element)}`);
  }
  // No figure, date or word of ours is broken over a line that it fits in, and no figure of others.
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  const lines = () => new Set([...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.bottom))).size;
  while (texts.nextNode()) {
    const text = texts.currentNode, parent = text.parentElement;
    if (!text.data.trim() || parent.closest("svg, script, style, pre, thead, .skip, .share .by") || !shown(parent)) continue;
    range.selectNodeContents(text);
    if (lines() < 2) continue;
    const unbroken = parent.closest("[data-said], .file, .scan") ? /[£€￥$]\u00a0?\d[\d.,]*/g : /[^ \n]+/g;
    for (const found of text.data.matchAll(unbroken)) {
      if (/[-/\u3000-\u9fff]/.test(found[0]) || found[0].length > longest) continue;
      range.setStart(text, found.index);
      range.setEnd(text, found.index + found[0].length);
      if (lines() > 1) faults.push(`broken: ${found[0]} in ${of(parent)}`);
    }
  }
  // Whatever is written in the chart has its place for itself.
  const apart = (one, other) => one.right <= other.left || other.right <= one.left || one.bottom <= other.top + 1 || other.bottom <= one.top + 1;
  const written = [...document.querySelectorAll(".plot text")].filter(shown).map(text => [text.getBoundingClientRect(), text.textContent]);
  const drawn = [...document.querySelectorAll(".plot .flag, .plot .ring")].map(mark => [mark.getBoundingClientRect(), "a flag or ring"]);
  written.forEach(([box, what], place) => {
    for (const [other, name] of [...drawn, ...written.slice(place + 1)])
      if (!apart(box, other)) faults.push(`in the chart, ${what} and ${name}`);
  });
  // Nothing touches the giving button.
  for (const button of document.querySelectorAll(".give")) {
    const box = button.getBoundingClientRect();
    for (const other of button.closest("section, .hold, .masthead .wrap, main").querySelectorAll("h1, h2, h3, p, img")) {
      const near = other.getBoundingClientRect();
      if (!near.width || other.contains(button)) continue;
      const grown = { left: box.left, right: box.right, top: box.top - 7, bottom: box.bottom + 7 };
      if (!apart(grown, near) && shown(other) && shown(button)) faults.push(`at the giving button: ${of(other)}`);
    }
  }
  // The lines of the cover follow each other.
  for (const cover of document.querySelectorAll(".cover")) {
    const lines = [...cover.querySelectorAll(":is(.measure, .key, .asof, .need)")].map(line => line.getBoundingClientRect());
    lines.slice(1).forEach((line, place) => {
      if (line.top - lines[place].bottom > 24) faults.push(`a hole of ${line.top - lines[place].bottom} px in the cover`);
    });
  }
  return faults.slice(0, 6);
}
