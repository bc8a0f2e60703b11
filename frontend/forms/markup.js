// Elements, put together.

/** An element with attributes (left out where they are null) and a text. */
export function element(name, attributes = {}, text) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Words with {places} filled. */
export const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
