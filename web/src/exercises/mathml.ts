/** Formulas that come as text: only MathML gets through, element by element. */

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";

const ELEMENTS = new Set([
  ...["math", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot"],
  ...["mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable"],
  ...["mtd", "mtext", "mtr", "munder", "munderover"],
]);
const ATTRIBUTES = new Set([
  ...["accent", "class", "columnalign", "columnspacing", "display", "displaystyle"],
  ...["fence", "form", "linethickness", "lspace", "mathvariant", "movablelimits"],
  ...["rspace", "rowspacing", "scriptlevel", "separator", "stretchy", "width"],
]);

/** Make a formula of its text; `undefined` if there is anything else in it. */
export function mathElement(text: string): Element | undefined {
  const { documentElement } = new DOMParser().parseFromString(text, "application/xml");
  return documentElement.localName === "math" ? copied(documentElement) : undefined;
}

function copied(element: Element): Element | undefined {
  if (element.namespaceURI !== NAMESPACE || !ELEMENTS.has(element.localName)) {
    return undefined;
  }
  const copy = document.createElementNS(NAMESPACE, element.localName);
  for (const { name, value } of element.attributes) {
    if (ATTRIBUTES.has(name)) copy.setAttribute(name, value);
  }
  for (const child of element.childNodes) {
    const inner =
      child instanceof Element
        ? copied(child)
        : document.createTextNode(child.textContent ?? "");
    if (!inner) return undefined;
    copy.append(inner);
  }
  return copy;
}
