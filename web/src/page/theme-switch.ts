import { css, html, LitElement } from "lit";
import { customElement, state } from "lit/decorators.js";
import { sharedStyles } from "../parts/shared-styles";
import { chooseTheme, chosenTheme, type Theme } from "./theme";

const THEMES: readonly { theme: Theme; label: string }[] = [
  { theme: "system", label: "System" },
  { theme: "light", label: "Light" },
  { theme: "dark", label: "Dark" },
];

/** Light, dark, or as the system has it. */
@customElement("theme-switch")
export class ThemeSwitch extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      select {
        width: 100%;
      }
    `,
  ];

  @state() private theme = chosenTheme();

  private choose(event: Event): void {
    this.theme = (event.target as HTMLSelectElement).value as Theme;
    chooseTheme(this.theme);
  }

  override render() {
    return html`<select aria-label="Theme" @change=${this.choose}>
      ${THEMES.map(
        ({ theme, label }) =>
          html`<option value=${theme} ?selected=${theme === this.theme}>${label}</option>`,
      )}
    </select>`;
  }
}
