/** The chapter's own part in pointing: its formulas, its lines of code, its words. */

import {
  ARRAYS,
  arrayOf,
  heldName,
  hold,
  onPointing,
  pointAt,
  shownArray,
} from "../parts/pointing";

interface Part {
  readonly element: Element;
  /** The arrays it stands for: for a line of code, those that it makes. */
  readonly names: readonly string[];
}

/** Mark what is pointed at, and point at what is hovered, tapped or has the focus. */
export function followPointing(root: ParentNode = document): void {
  const parts = [formulaParts, lines, tokens, words].flatMap((find) => find(root));
  const named = new Map(parts.map((part) => [part.element, part.names]));
  const said = liveRegion();
  for (const { element } of parts) element.classList.add("pointable");

  const nameAt = (event: Event): string | undefined => {
    const path = event.composedPath() as Element[];
    const within = path.find((element) => named.has(element));
    return within && named.get(within)?.[0];
  };
  const over = (event: Event) => {
    const name = nameAt(event);
    if (name !== undefined) pointAt(name);
  };
  const out = (event: Event) => {
    if (nameAt(event) !== undefined) pointAt(undefined);
  };
  document.addEventListener("pointerover", over);
  document.addEventListener("pointerout", out);
  document.addEventListener("focusin", over);
  document.addEventListener("focusout", out);
  document.addEventListener("click", (event) => {
    const name = nameAt(event);
    if (name !== undefined) hold(name);
  });
  document.addEventListener("keydown", (event) => {
    const name = nameAt(event);
    if (event.key === "Escape") hold(undefined);
    if (name === undefined || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    hold(name);
  });

  onPointing((name) => {
    const array = arrayOf(name);
    const held = arrayOf(heldName());
    for (const { element, names } of parts) {
      const includes = (other: string | undefined) =>
        other !== undefined && names.includes(other);
      element.classList.toggle("pointed", includes(array));
      if (element.role === "button") element.ariaPressed = String(includes(held));
    }
  });

  for (const formula of root.querySelectorAll<HTMLElement>(".formula")) {
    const within = [...formula.querySelectorAll(".pointable")];
    if (within.length > 0) {
      walk(
        formula,
        within.map((part) => named.get(part)?.[0] as string),
        said,
      );
    }
  }
  for (const code of root.querySelectorAll("pre.highlight")) rove(code);
}

/** Where a screen reader hears which part of a formula is pointed at. */
function liveRegion(): HTMLElement {
  const region = document.createElement("p");
  region.role = "status";
  region.className = "visually-hidden";
  document.body.append(region);
  return region;
}

/**
 * The names of arrays in formulas: in TeX `\text{hidden}`, `W_1` or `X`.
 *
 * Something else can stand for an array too: `\class{hidden}{h}`.
 */
function formulaParts(root: ParentNode): Part[] {
  const parts: Part[] = [];
  for (const element of root.querySelectorAll("math *")) {
    const name = arrayInFormula(element);
    const outer = parts.some((part) => part.element.contains(element));
    if (name !== undefined && ARRAYS.has(name) && !outer) {
      parts.push({ element, names: [name] });
    }
  }
  return parts;
}

function arrayInFormula(element: Element): string | undefined {
  const [base, index] = element.children;
  switch (element.localName) {
    case "mi":
    case "mtext":
      return element.textContent?.trim();
    case "msub":
    case "msubsup": // W_2 with a transpose
      return `${base?.textContent}${index?.textContent}`;
    default:
      return element.classList[0];
  }
}

/** Lines that make arrays. */
function lines(root: ParentNode): Part[] {
  return [...root.querySelectorAll<HTMLElement>(".line[data-makes]")].flatMap(
    (element) => {
      const names = namesMade(element).filter((name) => ARRAYS.has(name));
      return names.length > 0 ? [{ element, names }] : [];
    },
  );
}

function namesMade(line: HTMLElement): string[] {
  const names = (line.dataset["makes"] ?? "").split(" ");
  // The code writes the gradient behind the gate over the one before it.
  const gate = /relu_backward|\*=/.test(line.textContent ?? "");
  return gate ? names.map((name) => (name === "dhidden" ? "dout" : name)) : names;
}

/** Names of arrays in those lines; the first is that of what the line makes. */
function tokens(root: ParentNode): Part[] {
  return [...root.querySelectorAll<HTMLElement>(".line[data-makes]")].flatMap(
    (line) => {
      const [made, ...used] = [...line.querySelectorAll(".n")].flatMap(nameWritten);
      const [name = ""] = namesMade(line);
      return made ? [{ ...made, names: [name] }, ...used] : [];
    },
  );
}

/** Names of arrays in the text, written as code. */
function words(root: ParentNode): Part[] {
  return [...root.querySelectorAll(":not(pre) > code")].flatMap(nameWritten);
}

function nameWritten(element: Element): Part[] {
  const name = element.textContent?.trim() ?? "";
  return ARRAYS.has(name) ? [{ element, names: [name] }] : [];
}

/** Let arrow keys go through the parts of a formula; it is a single image otherwise. */
function walk(formula: HTMLElement, names: readonly string[], said: HTMLElement): void {
  let at = 0;
  const point = (i: number) => {
    at = i;
    pointAt(names[i]);
    said.textContent = shownArray(names[i] as string);
  };
  formula.addEventListener("focus", () => point(at));
  formula.addEventListener("blur", () => pointAt(undefined));
  formula.addEventListener("keydown", (event) => {
    const { key } = event;
    const next = key === "ArrowLeft" ? at - 1 : key === "ArrowRight" ? at + 1 : at;
    if (next !== at && names[next] !== undefined) {
      event.preventDefault();
      point(next);
    } else if (key === "Enter") {
      hold(names[at]);
    }
  });
}

/** Make the lines of a listing one stop of the Tab key; up and down go on from there. */
function rove(code: Element): void {
  const lines = [...code.querySelectorAll<HTMLElement>(".line.pointable")];
  if (lines.length === 0) return;
  code.removeAttribute("tabindex");
  const enter = (i: number) => {
    for (const [j, line] of lines.entries()) {
      line.setAttribute("tabindex", i === j ? "0" : "-1");
    }
  };
  enter(0);
  for (const [i, line] of lines.entries()) {
    line.role = "button";
    line.ariaPressed = "false";
    line.addEventListener("keydown", (event) => {
      const { key } = event;
      const next = key === "ArrowUp" ? i - 1 : key === "ArrowDown" ? i + 1 : i;
      if (next === i || !lines[next]) return;
      event.preventDefault();
      enter(next);
      lines[next].focus();
    });
  }
}
