// What has the keyboard's focus, whether it is seen, and how its ring stands out.
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const all = [...document.querySelectorAll("a[href], button, summary, [tabindex]")];
  // How much lighter or darker the ring is than what it lies on, and what touches the element than that.
  const luminance = colour => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map(part => (part /= 255) <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * red + .7152 * green + .0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + .05) / (dark + .05);
  };
  const ground = of => {
    const colour = getComputedStyle(of).backgroundColor;
    return colour !== "rgba(0, 0, 0, 0)" || !of.parentElement ? colour : ground(of.parentElement);
  };
  const under = ground(parseFloat(style.outlineOffset) < 0 ? element : element.parentElement);
  const inner = style.boxShadow === "none" ? under : style.boxShadow.match(/^rgba?\([^)]*\)/)[0];
  const contrasts = [contrast(style.outlineColor, under), contrast(style.outlineColor, inner)];
  if (element.matches(".give")) contrasts.push(contrast(inner, style.backgroundColor));
  return {
    contrast: Math.min(...contrasts),
    what: element.outerHTML.slice(0, 120), place: all.indexOf(element),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    inside: box.top >= -1 && (box.bottom <= innerHeight + 1 || box.height > innerHeight),
    seen: at === element || element.contains(at) || at?.contains(element) === true && at.tagName === "A",
  };
}
