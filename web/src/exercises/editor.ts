/** The editor: CodeMirror, set up for one Python function. Loaded when it is wanted. */

import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
} from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import {
  type Diagnostic,
  forEachDiagnostic,
  lintGutter,
  setDiagnostics,
} from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";

/** What is to be marked in a line. */
export interface Mark {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly sure: boolean;
}

export interface EditorOptions {
  /** Where it will stand: its styles go there. */
  readonly root: ShadowRoot;
  readonly text: string;
  /** Its name for screen readers, and the id of what describes it. */
  readonly label: string;
  readonly describedBy: string;
  readonly onChange: (text: string) => void;
  readonly onCheck: () => void;
}

export class CodeEditor {
  private readonly view: EditorView;

  constructor({ root, text, label, describedBy, onChange, onCheck }: EditorOptions) {
    const check = () => {
      onCheck();
      return true;
    };
    this.view = new EditorView({
      root,
      doc: text,
      extensions: [
        keymap.of([
          { key: "Mod-Enter", run: check },
          { key: "Ctrl-Enter", run: check },
          { key: "Escape", run: leaveByTab },
          indentWithTab,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        stayAgain,
        typeOver,
        history(),
        lintGutter(),
        lineNumbers(),
        python,
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        indentOnInput(),
        bracketMatching(),
        syntaxHighlighting(colours),
        look,
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-describedby": describedBy,
          tabindex: "0", // it is reached by Tab anyway; this says so
          spellcheck: "false",
          autocapitalize: "off",
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString());
        }),
      ],
    });
  }

  get dom(): HTMLElement {
    return this.view.dom;
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Replace the whole text; the reader can undo it. */
  replace(text: string): void {
    if (text === this.text) return;
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: text },
      selection: { anchor: 0 },
    });
  }

  /** Mark these lines, and no others; the marks move with their lines. */
  mark(marks: readonly Mark[]): void {
    const { doc } = this.view.state;
    const diagnostics = marks
      .filter(({ line }) => line <= doc.lines)
      .map(({ line, message, sure }): Diagnostic => {
        const { from, to, text } = doc.line(line);
        const indent = text.length - text.trimStart().length;
        const severity = sure ? "error" : "warning";
        return { from: from + indent, to, severity, message, source: String(line) };
      });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  /** Put the cursor where a line, from 1, is now: it was marked under this number. */
  goTo(line: number): void {
    const { state } = this.view;
    let place = state.doc.line(Math.min(line, state.doc.lines)).to;
    forEachDiagnostic(state, ({ source }, _, to) => {
      if (source === String(line)) place = to;
    });
    this.view.focus();
    this.view.dispatch({
      selection: { anchor: place },
      effects: EditorView.scrollIntoView(place, { y: "nearest", yMargin: 80 }),
    });
  }

  /** Put the cursor into it, and select what the reader is to write anew. */
  begin(placeholder: string): void {
    const at = this.text.lastIndexOf(placeholder);
    const anchor = at < 0 ? this.view.state.doc.length : at;
    const head = at < 0 ? anchor : at + placeholder.length;
    this.view.dispatch({ selection: { anchor, head } });
    this.view.focus();
  }

  destroy(): void {
    this.view.destroy();
  }
}

/** After Escape, Tab leaves the editor: nobody is to be caught in it. */
function leaveByTab(view: EditorView): boolean {
  view.setTabFocusMode(true);
  return false;
}

/** Until the reader comes back, or writes on. */
const stayAgain = [
  EditorView.domEventHandlers({ focus: (_, view) => view.setTabFocusMode(false) }),
  EditorView.updateListener.of(({ docChanged, view }) => {
    if (docChanged) view.setTabFocusMode(false);
  }),
];

/**
 * What is typed in place of a selection is put there by us: Chromium would give it the
 * colours of what was there, in an inline style, which the page forbids.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput: ({ inputType, data }, view) => {
    const { state } = view;
    if (inputType !== "insertText" || data === null || state.selection.main.empty) {
      return false;
    }
    view.dispatch(state.replaceSelection(data), {
      userEvent: "input.type",
      scrollIntoView: true,
    });
    return true;
  },
});

/** Python, in which a docstring is no string like others. */
const python = pythonLanguage.configure({
  props: [styleTags({ "Body/ExpressionStatement/String": tags.docString })],
});

/** As the chapters show code. */
const colours = HighlightStyle.define([
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
  { tag: tags.docString, color: "var(--faint)", fontStyle: "italic" },
  { tag: tags.keyword, color: "var(--accent)" },
  { tag: [tags.bool, tags.null], color: "var(--accent)" },
  { tag: tags.string, color: "light-dark(#22683f, #7cc797)" },
  { tag: tags.number, color: "light-dark(#0b5d8f, #79bdec)" },
  { tag: tags.definition(tags.function(tags.variableName)), fontWeight: "600" },
]);

/** No pictures here: CodeMirror's own are data: addresses, which the page forbids. */
const marked = (colour: string) => ({
  backgroundImage: "none",
  paddingBottom: "0",
  textDecoration: `underline wavy 1px ${colour}`,
  textUnderlineOffset: "0.25em",
  textDecorationSkipInk: "none",
});

const look = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--shade)",
    borderRadius: "0.4rem",
    fontSize: "0.8125rem",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { padding: "0.8rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.9rem 0 0.3rem" },
  ".cm-gutters": {
    color: "var(--faint)",
    backgroundColor: "var(--shade)",
    border: "0",
    borderRadius: "0.4rem 0 0 0.4rem",
  },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "1.6rem", paddingRight: "0.3rem" },
  ".cm-gutter-lint": { width: "0.9rem" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  ".cm-lint-marker": {
    content: "normal",
    width: "0.5rem",
    height: "0.5rem",
    margin: "0.45em 0 0 0.2rem",
    borderRadius: "50%",
    backgroundColor: "var(--wrong)",
  },
  ".cm-lint-marker-warning": {
    content: "normal",
    backgroundColor: "transparent",
    border: "2px solid var(--wrong)",
  },
  ".cm-lint-marker-error": { content: "normal" },
  ".cm-lintRange": { backgroundImage: "none" },
  ".cm-lintRange-error": marked("var(--wrong)"),
  ".cm-lintRange-warning": marked("var(--faint)"),
  ".cm-lintPoint:after": { borderBottomColor: "var(--wrong)" },
  "&.cm-focused .cm-matchingBracket": {
    color: "inherit",
    backgroundColor: "color-mix(in srgb, var(--accent) 22%, transparent)",
  },
  "&.cm-focused .cm-nonmatchingBracket": {
    color: "var(--wrong)",
    backgroundColor: "transparent",
  },
  ".cm-tooltip": {
    maxWidth: "32rem",
    color: "var(--ink)",
    backgroundColor: "var(--paper)",
    border: "1px solid var(--line)",
    borderRadius: "0.4rem",
    fontFamily: "var(--sans)",
    fontSize: "var(--small)",
    lineHeight: "1.4",
  },
  ".cm-diagnostic": {
    padding: "0.4rem 0.7rem",
    border: "0",
    whiteSpace: "normal",
  },
  ".cm-diagnosticSource": { display: "none" },
});
