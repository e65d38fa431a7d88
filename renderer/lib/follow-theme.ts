/** Tells when the colours change: those of the system, or the theme chosen in the settings. */
export function followTheme(onchange: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const chosen = new MutationObserver(onchange)
  dark.addEventListener('change', onchange)
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => {
    dark.removeEventListener('change', onchange)
    chosen.disconnect()
  }
}
