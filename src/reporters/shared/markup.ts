/** HTML from templates in which every value is text unless it was made here. */

export interface Markup {
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control and direction characters are shown as a box, never obeyed. */
export function escapeText(text: string): string {
  return text
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

type Value = string | number | Markup | readonly Markup[];

/** A template tag: strings and numbers are escaped, markup and lists of markup are kept. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let out = parts[0]!;
  values.forEach((value, index) => {
    out += plain(value) + parts[index + 1]!;
  });
  return { html: out };
}

function plain(value: Value): string {
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}

/** Nothing. */
export const nothing: Markup = { html: '' };
