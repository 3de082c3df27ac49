// Elements of the page. Whatever was typed by somebody, or came from elsewhere, is set as text and never as HTML.

/** An element with attributes and children; texts among them become text. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** A sentence that begins with a capital, as one beside a field does. */
export const capital = (sentence) => sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1);

/** The id of a field's element; names of fields hold dots, which ids may, too. */
export const idOf = (name) => `f-${name}`;

const NO_TYPING = ["checkbox", "radio"];

/**
 * A field with its label above it, what helps with it, what stood before, and room for what changed and what is wrong.
 * options: type, hint, was (a sentence), choices ([value, text]), rows (of a textarea), and attributes of the input.
 */
export function field(name, label, { type = "text", hint, was, choices, rows, ...attributes } = {}) {
  const id = idOf(name);
  const told = [hint && `${id}-hint`, was && `${id}-was`, `${id}-wrong`].filter(Boolean).join(" ");
  const common = { id, name, "aria-describedby": told, ...attributes };
  const isChoice = NO_TYPING.includes(type);
  let input;
  if (choices) input = el("select", common, choices.map(([value, text]) => el("option", { value }, text)));
  else if (rows) input = el("textarea", { ...common, rows });
  else input = el("input", { ...common, type, value: isChoice ? "yes" : undefined });
  const text = el("label", { for: id }, label);
  return el(
    "div",
    { class: isChoice ? "field tick" : "field", "data-field": name },
    isChoice ? [input, text] : text,
    hint ? el("p", { class: "hint", id: `${id}-hint` }, hint) : null,
    was ? el("p", { class: "was", id: `${id}-was` }, was) : null,
    isChoice ? null : input,
    el("output", { class: "change", for: id }),
    el("p", { class: "wrong", id: `${id}-wrong`, hidden: true }),
  );
}

/** A part of the page with its heading. */
export function part(title, ...children) {
  const id = `h-${title.replace(/[^\p{L}\p{N}]+/gu, "-")}`;
  return el("section", { class: "part", "aria-labelledby": id }, el("h2", { id }, title), el("div", { class: "flow" }, children));
}

/** Fields that belong together, below their common name. */
export const group = (title, ...children) => el("fieldset", {}, el("legend", {}, title), children);

/** Say what is wrong with a field beside it, or nothing any more. */
export function tell(root, name, message) {
  const wrong = root.querySelector(`#${CSS.escape(`${idOf(name)}-wrong`)}`);
  const input = root.querySelector(`#${CSS.escape(idOf(name))}`);
  if (!wrong) return false;
  const text = message ? capital(message) : "";
  if (wrong.textContent !== text) wrong.textContent = text;
  wrong.hidden = !message;
  input?.setAttribute("aria-invalid", String(Boolean(message)));
  return true;
}
