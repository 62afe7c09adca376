/** Inline style that a strict Content-Security-Policy allows: set by script, not markup. */

import { nothing } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

class StyleDirective extends Directive {
  render(_: Readonly<Record<string, string>>) {
    return nothing;
  }

  override update(part: ElementPart, [values]: [Readonly<Record<string, string>>]) {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(values)) style.setProperty(name, value);
    return nothing;
  }
}

/** Set CSS properties of an element: `<td ${styled({ "--share": "0.5" })}>`. */
export const styled = directive(StyleDirective);
